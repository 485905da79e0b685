import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Part } from './part.ts';

const deploy = join(import.meta.dirname, '../../deploy');
export const rulesFile = join(deploy, 'prometheus/alerts.yml');
export const scrapeFile = join(deploy, 'prometheus/prometheus.yml');
const boardFile = join(deploy, 'grafana/ringflow.json');

/** Where a process tells of its health and its metrics. */
export function inspectionOf(part: Part): string {
  const address = /"address":"(http[^"]+)","msg":"health and metrics are told here"/.exec(part.log())?.[1];
  if (address === undefined) throw new Error(`it does not say where:\n${part.log()}`);
  return address;
}

/** Names under which a scraped text has metrics; of a histogram its series too. */
export function namesIn(scraped: string): Set<string> {
  const families = [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => ({ name, type }));
  return new Set(
    families.flatMap(({ name, type }) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((ending) => `${name}${ending}`) : [name],
    ),
  );
}

/** Names of labels that samples of a metric have. */
export function labelsIn(scraped: string, metric: string): Set<string> {
  const samples = scraped.split('\n').filter((line) => line.startsWith(`${metric}{`));
  return new Set(samples.flatMap((line) => [...line.matchAll(/[{,]([a-z_]+)="/g)].map(([, label = '']) => label)));
}

/** The scraped samples of a metric, by their labels as they stand there. */
export function samplesOf(scraped: string, metric: string): Map<string, number> {
  const lines = scraped.split('\n').filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
  return new Map(
    lines.map((line) => {
      const [, labels = '', value] = /^[^{ ]+(\{.*\})? (\S+)$/.exec(line) ?? [];
      return [labels, Number(value)];
    }),
  );
}

/** Expressions of the board and of the rules, each with where it stands. */
export function expressionsOfDeployment(): { of: string; expression: string }[] {
  const { groups } = parse(readFileSync(rulesFile, 'utf8')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const { panels, templating } = JSON.parse(readFileSync(boardFile, 'utf8')) as Board;
  const ofPanels = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ of: `panel ${title}`, expression: expr })),
  );
  const ofVariables = templating.list.flatMap(({ name, query }) =>
    typeof query === 'string' ? [] : [{ of: `variable ${name}`, expression: query.query }],
  );
  const ofRules = groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr }) => ({ of: `rule ${alert}`, expression: expr })),
  );
  return [...ofRules, ...ofPanels, ...ofVariables];
}

interface Board {
  panels: { title: string; targets?: { expr: string }[] }[];
  templating: { list: { name: string; query: string | { query: string } }[] };
}

export interface NamedMetric {
  name: string;
  /** By which it is chosen, or summed up. */
  labels: string[];
}

const notMetrics = new Set(['and', 'or', 'unless', 'on', 'ignoring', 'bool', 'offset']);
const identifier = '[a-zA-Z_:][a-zA-Z0-9_:]*';

/** The metrics that an expression of PromQL, or Grafana's `label_values`, names. */
export function metricsIn(expression: string): NamedMetric[] {
  const [, ofVariable, label = ''] = new RegExp(`^label_values\\((${identifier}), (\\w+)\\)$`).exec(expression) ?? [];
  if (ofVariable !== undefined) return [{ name: ofVariable, labels: [label] }];
  const grouped: string[] = [];
  const chosen: NamedMetric[] = [];
  const rest = expression
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|without)\s*\(([^)]*)\)/g, (_, list: string) => {
      grouped.push(...list.split(',').flatMap((part) => part.trim() || []));
      return ' ';
    })
    .replaceAll(new RegExp(`(${identifier})\\{([^}]*)\\}`, 'g'), (_, name: string, matchers: string) => {
      const labels = [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, one = '']) => one);
      chosen.push({ name, labels });
      return ' ';
    });
  const plain = [...rest.matchAll(new RegExp(`(?<![\\w.])(${identifier})(?!\\w|\\s*\\()`, 'g'))].flatMap(
    ([, name = '']) => (notMetrics.has(name) ? [] : [{ name, labels: [] as string[] }]),
  );
  return [...chosen, ...plain].map(({ name, labels }) => ({ name, labels: [...labels, ...grouped] }));
}
