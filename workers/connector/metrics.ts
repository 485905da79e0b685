import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Pbx } from '../../activities/store/pbxs.ts';
import type { Delivery } from './deliver.ts';
import type { ReadingReport } from './report.ts';

export type ConnectorMetrics = ReturnType<typeof createConnectorMetrics>;

const ofPbx = ['account', 'pbx'] as const;

/** What a connector tells Prometheus of the PBXs that it reads; of those that others read it says nothing. */
export function createConnectorMetrics(registry: Registry) {
  const registers = [registry];
  const read = new Map<Pick<Pbx, 'id' | 'accountId'>, Pick<ReadingReport, 'standing'>>();
  const standings = () =>
    [...read].flatMap(([{ id: pbx, accountId: account }, report]) => {
      const standing = report.standing();
      return standing ? [{ labels: { account, pbx }, standing }] : [];
    });

  new Gauge({
    name: 'ringflow_cel_lag_seconds',
    help: 'All CEL rows that were written so long ago or before have been brought to their calls.',
    labelNames: ofPbx,
    registers,
    collect() {
      this.reset();
      for (const { labels, standing } of standings()) {
        if (standing.coveredUntilMs === undefined) continue;
        this.set(labels, Math.max(0, Date.now() - standing.coveredUntilMs) / 1_000);
      }
    },
  });
  new Gauge({
    name: 'ringflow_pbx_readable',
    help: '1: the CEL table of the PBX can be read; 0: it can not.',
    labelNames: ofPbx,
    registers,
    collect() {
      this.reset();
      for (const { labels, standing } of standings()) this.set(labels, standing.trouble === null ? 1 : 0);
    },
  });
  new Gauge({
    name: 'ringflow_ami_up',
    help: '1: the connection to AMI is up; 0: it is not. PBXs without AMI are left out.',
    labelNames: ofPbx,
    registers,
    collect() {
      this.reset();
      for (const { labels, standing } of standings()) {
        if (standing.ami) this.set(labels, standing.ami.state === 'up' ? 1 : 0);
      }
    },
  });
  const rows = new Counter({
    name: 'ringflow_cel_rows_total',
    help: 'CEL rows that were brought to their calls.',
    labelNames: ofPbx,
    registers,
  });
  const batches = new Counter({
    name: 'ringflow_cel_batches_total',
    help: 'Batches of CEL rows, each of one call, that were brought to their calls.',
    labelNames: ofPbx,
    registers,
  });
  const unreadable = new Counter({
    name: 'ringflow_cel_rows_unreadable_total',
    help: 'CEL rows that could not be read and are kept in late_rows.',
    labelNames: ofPbx,
    registers,
  });
  const deliverySeconds = new Histogram({
    name: 'ringflow_cel_delivery_seconds',
    help: 'From the reading of fresh rows until Temporal has them.',
    labelNames: ofPbx,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });

  return {
    /** @returns what ends it */
    follow(pbx: Pick<Pbx, 'id' | 'accountId'>, report: Pick<ReadingReport, 'standing'>): () => void {
      read.set(pbx, report);
      return () => void read.delete(pbx);
    },

    /** The same, counted. */
    counted({ id: pbx, accountId: account }: Pick<Pbx, 'id' | 'accountId'>, delivery: Delivery): Delivery {
      const labels = { account, pbx };
      for (const counter of [rows, batches, unreadable]) counter.inc(labels, 0);
      return {
        async deliver(batch, databaseNowMs) {
          await delivery.deliver(batch, databaseNowMs);
          rows.inc(labels, batch.rows.length);
          batches.inc(labels);
          if (batch.fresh) deliverySeconds.observe(labels, (Date.now() - batch.readAtMs) / 1_000);
        },
        async keepUnreadable(raws) {
          await delivery.keepUnreadable(raws);
          unreadable.inc(labels, raws.length);
        },
      };
    },
  };
}
