import type { Lead, Pipeline, Stage } from './crm-types.ts';

/** Won and lost, the same in every pipeline (contract 5.2). */
export const wonStatusId = 142;
export const lostStatusId = 143;

/** Where a lead is to stand; what is left out is up to amoCRM. */
export interface AskedPlace {
  pipeline_id?: number;
  status_id?: number;
}

export type Place = Pick<Lead, 'pipelineId' | 'statusId'>;
type Found = { place: Place; wrong?: never } | { place?: never; wrong: keyof AskedPlace };

/** The pipelines of the account with their stages. */
export class PipelineBook {
  readonly #seed: readonly Pipeline[];
  all: Pipeline[];

  constructor(seed: readonly Pipeline[]) {
    this.#seed = seed;
    this.all = structuredClone([...seed]);
  }

  reset(): void {
    this.all = structuredClone([...this.#seed]);
  }

  byId(id: number): Pipeline | undefined {
    return this.all.find((pipeline) => pipeline.id === id);
  }

  get main(): Pipeline {
    const [first] = this.all;
    const main = this.all.find(({ isMain }) => isMain) ?? first;
    if (!main) throw new Error('An account is never without a pipeline');
    return main;
  }

  stageOf({ pipelineId, statusId }: Place): Stage | undefined {
    return this.byId(pipelineId)?.stages.find((stage) => stage.id === statusId);
  }

  /**
   * Where a lead goes: the pair of pipeline and stage must be one of the account's, in use, and not that of incoming leads.
   *
   * @param from where it stands; a new lead stands nowhere
   * @returns which of the two was wrong
   */
  find({ pipeline_id, status_id }: AskedPlace, from?: Place): Found {
    const pipeline =
      pipeline_id === undefined ? (this.byId(from?.pipelineId ?? 0) ?? this.main) : this.byId(pipeline_id);
    const isLeft = pipeline?.id !== from?.pipelineId;
    if (!pipeline || (pipeline.isArchive && isLeft)) return { wrong: 'pipeline_id' };
    if (status_id === undefined && from && !isLeft) return { place: from };
    const open = pipeline.stages.filter((stage) => !stage.isUnsorted);
    const stage = status_id === undefined ? open[0] : open.find(({ id }) => id === status_id);
    return stage ? { place: { pipelineId: pipeline.id, statusId: stage.id } } : { wrong: 'status_id' };
  }

  /** @returns false for the main one, without which no account is */
  remove(pipeline: Pipeline): boolean {
    if (pipeline === this.main) return false;
    this.all = this.all.filter((each) => each !== pipeline);
    return true;
  }

  /** @returns false for won, lost and the stage of incoming leads, and for the last of the others */
  removeStage(pipeline: Pipeline, stage: Stage): boolean {
    const own = pipeline.stages.filter(({ id, isUnsorted }) => !isClosed(id) && !isUnsorted);
    if (!own.includes(stage) || own.length === 1) return false;
    pipeline.stages = pipeline.stages.filter((each) => each !== stage);
    return true;
  }

  /** The stage of a pipeline where incoming leads wait. */
  unsortedPlace(pipelineId: number): Place | null {
    const pipeline = this.byId(pipelineId);
    const stage = pipeline?.isArchive ? undefined : pipeline?.stages.find(({ isUnsorted }) => isUnsorted);
    return stage ? { pipelineId, statusId: stage.id } : null;
  }
}

export function isClosed(statusId: number): boolean {
  return statusId === wonStatusId || statusId === lostStatusId;
}
