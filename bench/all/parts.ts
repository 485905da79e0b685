/** In two hours; each by itself can measure longer. */
export const parts: [name: string, ...options: string[]][] = [
  ['interpret'],
  ['latency'],
  ['latency', '--temporal', 'postgres'],
  ['throughput'],
  ['throughput', '--temporal', 'postgres', '--workers', '1,2'],
  ['budget'],
  ['routing'],
  ['licensing'],
  ['journal'],
  ['click'],
  ['backfill', '--calls', '2000', '--clients', '1000'],
  ['idle'],
  ['idle', '--temporal', 'postgres'],
  ['memory', '--temporal', 'postgres'],
];
