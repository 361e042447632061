import { createServer } from 'node:net';
import type { Server } from 'node:net';

/** Ports and addresses that one cluster has to itself while it runs. */
export interface Slot {
  readonly index: number;
  /** The n-th port of this cluster (0 to 39), free by construction in the rig's private network. */
  readonly port: (n: number) => number;
  /** The pods of this cluster get addresses in here: 10.244.<16·index>.0/20. */
  readonly podCidr: string;
  readonly release: () => Promise<void>;
}

const FIRST_PORT = 20_000;
const PORTS_PER_SLOT = 50;
const SLOTS = 16;

/**
 * Takes the first slot that no other cluster of this network holds. The lock is a listening socket: it goes when its
 * process goes, however that ends, so several jest workers and a crash need no clean-up.
 */
export async function takeSlot(): Promise<Slot> {
  for (let index = 0; index < SLOTS; index++) {
    const first = FIRST_PORT + index * PORTS_PER_SLOT;
    const lock = await listen(first + PORTS_PER_SLOT - 1);
    if (lock === undefined) continue;
    return {
      index,
      port: (n) => first + n,
      podCidr: `10.244.${index * 16}.0/20`,
      release: () =>
        new Promise((resolve) =>
          lock.close(() => {
            resolve();
          }),
        ),
    };
  }
  throw new Error(`${SLOTS} clusters run already in this network`);
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
