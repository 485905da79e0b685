import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

/** The metrics of one process, with those that every process has: its memory, processor and event loop. */
export function createRegistry(part: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ part });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 }); // each look wakes the process
  return registry;
}

export type CountLine = (level: string) => void;

/** What goes wrong in a process is in its log; how often, here. */
export function countLines(registry: Registry): CountLine {
  const lines = new Counter({
    name: 'ringflow_log_lines_total',
    help: 'Lines of the log, by level.',
    labelNames: ['level'],
    registers: [registry],
  });
  for (const level of ['warn', 'error', 'fatal']) lines.inc({ level }, 0); // that there was none is news too
  return (level) => lines.inc({ level });
}
