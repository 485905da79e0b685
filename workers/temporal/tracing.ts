import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import type { Tracing } from '../../runtime/monitoring/tracing.ts';

/** How a worker lets spans go along with workflows and activities; empty where none are made. */
export interface TemporalTracing {
  activities: ActivityInterceptorsFactory[];
  // biome-ignore lint/suspicious/noExplicitAny: so they are called by the SDK
  sinks: InjectedSinks<any>;
  /** Modules that workflows are bundled with. */
  workflowModules: string[];
}

export async function temporalTracing(tracing: Tracing | undefined): Promise<TemporalTracing> {
  if (!tracing) return { activities: [], sinks: {}, workflowModules: [] };
  const otel = await import('@temporalio/interceptors-opentelemetry');
  const { tracer } = tracing;
  return {
    activities: [
      (context) => ({
        inbound: new otel.OpenTelemetryActivityInboundInterceptor(context, { tracer }),
        outbound: new otel.OpenTelemetryActivityOutboundInterceptor(context),
      }),
    ],
    sinks: { exporter: otel.makeWorkflowExporter(tracing.spans, tracing.resource) },
    workflowModules: [tracedWorkflows],
  };
}

/** Spans are made of what a history says too; a history does not change by it. */
export const tracedWorkflows = '@temporalio/interceptors-opentelemetry/lib/workflow-interceptors';
