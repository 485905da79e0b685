import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../bin/stack/certificate.ts';

/** Makes, once, the certificate by which the licensing server speaks with the door of docker-compose.yml. */

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder for the certificate.');
if (!existsSync(join(folder, 'server-key.pem'))) await makeCertificate(folder, 'server', '127.0.0.1');
