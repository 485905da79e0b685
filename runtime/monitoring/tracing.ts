import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes, Tracer } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ClientOptions } from '@temporalio/client';
import type { Logger } from 'pino';
import { sayOnce } from '../say-once.ts';
import type { About } from './logger.ts';
import { maskPhones } from './without-phones.ts';

/** Where spans are made and sent. */
export interface Tracing {
  tracer: Tracer;
  resource: Resource;
  /** Takes finished spans on their way. */
  spans: SpanProcessor;
  /** With them a client of Temporal lets workflows know of which trace they are a part. */
  client: Pick<ClientOptions, 'interceptors'>;
  /** Does something as a part of whatever is under way here. */
  within<T>(name: string, about: About, work: () => Promise<T>): Promise<T>;
  /** What has just been done, as a part of the same. */
  note(name: string, attributes: Attributes, beganAtMs: number, tookMs: number): void;
  /** All that was made is sent, if somebody takes it. */
  close(): Promise<void>;
}

const closeWithinMs = 2_000;

/**
 * Sends spans by OTLP over HTTP. Nothing of OpenTelemetry is loaded where none are to be sent. Its own variables hold beside
 * ours, such as OTEL_TRACES_SAMPLER and OTEL_EXPORTER_OTLP_HEADERS.
 *
 * @param url undefined: no spans are made
 */
export async function startTracing(
  part: string,
  url: string | undefined,
  logger: Logger,
): Promise<Tracing | undefined> {
  if (url === undefined) return undefined;
  const { context, diag, DiagLogLevel, SpanKind, SpanStatusCode } = await import('@opentelemetry/api');
  const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { Resource } = await import('@opentelemetry/resources');
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const { OpenTelemetryWorkflowClientInterceptor } = await import('@temporalio/interceptors-opentelemetry');

  const say = sayOnce((reason) => logger.warn(`Traces can't be sent (${reason}): check TRACES_URL; all else goes on.`));
  const quiet = () => undefined;
  const tell = (told: unknown) => say(messageIn(String(told)));
  const diagnosis = { error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(diagnosis, DiagLogLevel.WARN);
  const resource = new Resource({ 'service.name': `ringflow-${part}` });
  const spans = maskingPhones(new BatchSpanProcessor(new OTLPTraceExporter({ url })));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [spans] });
  provider.register({ contextManager: new AsyncLocalStorageContextManager().enable() });
  const tracer = provider.getTracer('ringflow');

  return {
    ...{ tracer, resource, spans },
    client: { interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor({ tracer })] } },
    within: (name, about, work) =>
      tracer.startActiveSpan(name, { attributes: named(about) }, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
          throw error;
        } finally {
          span.end();
        }
      }),
    note(name, attributes, beganAtMs, tookMs) {
      const options = { kind: SpanKind.CLIENT, attributes, startTime: beganAtMs };
      tracer.startSpan(name, options, context.active()).end(beganAtMs + tookMs);
    },
    async close() {
      const sent = provider.shutdown().catch((error: Error) => say(error.message));
      await Promise.race([sent, sleep(closeWithinMs, undefined, { ref: false })]);
    },
  };
}

/** Errors are told as JSON, with all that they carry. */
function messageIn(told: string): string {
  try {
    return String(JSON.parse(told).message);
  } catch {
    return told;
  }
}

const named = (about: About): Attributes =>
  Object.fromEntries(Object.entries(about).map(([name, value]) => [`ringflow.${name}`, value]));

/** Errors quote what they are about. */
function maskingPhones(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => next.onStart(span, context),
    onEnd(span: ReadableSpan) {
      const { status, events } = span;
      if (status.message !== undefined) status.message = maskPhones(status.message);
      for (const { attributes = {} } of events) maskAll(attributes);
      maskAll(span.attributes);
      next.onEnd(span);
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function maskAll(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') attributes[name] = maskPhones(value);
  }
}
