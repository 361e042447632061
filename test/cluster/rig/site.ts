import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Pki } from './pki.js';
import type { Slot } from './slot.js';

/** What every part of one cluster is started with: its ports, its certificates, its folders, the binaries. */
export interface Site {
  readonly name: string;
  /** Data of the parts; deleted when the cluster stops. */
  readonly folder: string;
  /** Logs of the parts; kept. */
  readonly logFolder: string;
  readonly slot: Slot;
  readonly pki: Pki;
  /** The address of the API server, such as https://127.0.0.1:20002. */
  readonly server: string;
  /** The path of a binary or an asset that the rig has built. */
  readonly file: (name: string) => string;
  readonly logFile: (part: string) => string;
}

/** Puts a site together; `files` is what buildParts returned. */
export function site(parts: {
  name: string;
  folder: string;
  logFolder: string;
  slot: Slot;
  pki: Pki;
  files: ReadonlyMap<string, string>;
}): Site {
  mkdirSync(parts.logFolder, { recursive: true });
  return {
    ...parts,
    server: `https://127.0.0.1:${parts.slot.port(2)}`,
    logFile: (part) => join(parts.logFolder, `${part}.log`),
    file: (name) => {
      const path = parts.files.get(name);
      if (path === undefined)
        throw new Error(`the rig has not built ${name}: add its part to SPILLWAY_RIG_PARTS or build them all`);
      return path;
    },
  };
}
