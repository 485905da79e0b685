import type { Client } from '@temporalio/client';

/** Of Temporal's Worker Deployments: that of all workers of an installation that tell their version. */
export const workerDeployment = 'ringflow';

/** Numbers of gRPC's states. */
const notFound = 5;

interface Standing {
  /** Whose workers get the work; undefined: workers that tell no version. */
  current: string | undefined;
  /** Versions that Temporal knows, the newest first; of those that nobody runs any more it forgets some. */
  known: string[];
  /** What was asked, so that nothing is changed that somebody else has changed since. */
  conflictToken: Uint8Array | undefined;
}

export type WorkerVersions = ReturnType<typeof createWorkerVersions>;

/** To the workers of which version Temporal gives the work of this installation. */
export function createWorkerVersions({ workflowService, options: { namespace } }: Client) {
  const deployment = { namespace, deploymentName: workerDeployment };
  return {
    /** @throws if Temporal is away */
    async standing(): Promise<Standing> {
      try {
        const { workerDeploymentInfo, conflictToken } = await workflowService.describeWorkerDeployment(deployment);
        const versions = workerDeploymentInfo?.versionSummaries ?? [];
        const known = versions.flatMap(({ deploymentVersion }) => deploymentVersion?.buildId || []);
        return {
          current: workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId || undefined,
          known: known.sort((one, other) => compareVersions(other, one)),
          conflictToken: conflictToken ?? undefined,
        };
      } catch (error) {
        if ((error as { code?: number }).code !== notFound) throw error;
        return { current: undefined, known: [], conflictToken: undefined };
      }
    },

    /**
     * From now on its workers get the work, that of calls which go on too.
     *
     * @param version undefined: workers that tell no version
     * @param unlessChanged since this was asked
     * @throws if Temporal is away; if its workers don't ask for all the kinds of work that those of the current version
     * ask for, unless `ignoreMissingTaskQueues`
     */
    async makeCurrent(
      version: string | undefined,
      {
        unlessChanged,
        ignoreMissingTaskQueues = false,
      }: { unlessChanged?: Standing; ignoreMissingTaskQueues?: boolean },
    ): Promise<void> {
      const conflictToken = unlessChanged?.conflictToken;
      await workflowService.setWorkerDeploymentCurrentVersion({
        ...{ ...deployment, buildId: version ?? '', ignoreMissingTaskQueues },
        ...(conflictToken && { conflictToken }),
      });
    },
  };
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** By their numbers, one after another; whatever has more behind the same is newer. @returns more than 0: the first is newer */
export const compareVersions = (one: string, other: string): number => compare(one, other);
