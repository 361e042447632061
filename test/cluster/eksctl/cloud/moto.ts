import { join } from 'node:path';

import { builtFiles } from '../../rig/parts.js';
import { ManagedProcess } from '../../rig/process.js';
import { waitFor } from '../../rig/wait.js';
import { freePort } from './ports.js';

/** The account that moto plays. */
export const ACCOUNT_ID = '123456789012';

/** A running moto: EC2, IAM, STS and SSM of an empty account. */
export interface Moto {
  readonly port: number;
  readonly process: ManagedProcess;
}

/** Starts moto on a free port of loopback; it answers within some seconds. */
export async function startMoto(folder: string): Promise<Moto> {
  const port = await freePort();
  const process = new ManagedProcess({
    name: 'moto',
    command: builtFiles().get('python') ?? 'python3',
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    // Without these moto would look for Docker and reach for the internet.
    env: { MOTO_EC2_LOAD_DEFAULT_AMIS: 'true', AWS_EC2_METADATA_DISABLED: 'true', PYTHONDONTWRITEBYTECODE: '1' },
    logFile: join(folder, 'moto.log'),
  });
  await waitFor(
    'moto',
    async () => {
      process.mustRun();
      return (await fetch(`http://127.0.0.1:${port}/moto-api/`)).ok;
    },
    { timeoutMs: 60_000 },
  );
  return { port, process };
}
