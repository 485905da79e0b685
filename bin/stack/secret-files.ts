import { readFileSync } from 'node:fs';
import { secretVariables as ofLicensing } from '../../licensing/configuration.ts';
import { type ReadSecrets, readSecretFiles } from '../../proto/secret-files.ts';
import { secretVariables as ofRingflow } from '../../runtime/configuration/environment.ts';

/** Of Ringflow and of the licensing server, for whoever starts both or asks either's database. */
export function readAllSecretFiles(environment: NodeJS.ProcessEnv): ReadSecrets {
  return readSecretFiles(environment, [...ofRingflow, ...ofLicensing], (path) => readFileSync(path, 'utf8'));
}
