import { number, text } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { isStated, statedOf, type GroupRule, type Refusal } from './rule.js';

/** IOPS that eksctl takes, by type of disk; other types have none to set. */
const iopsOf: Readonly<Record<string, readonly [number, number]>> = {
  gp3: [3000, 16_000],
  io1: [100, 64_000],
  io2: [100, 256_000],
};

/** MiB/s, of gp3 alone. */
const throughputRange = [125, 1000] as const;

/** The root disk of a group. */
export const volume: GroupRule = function* (group, path, name) {
  const type = text(group['volumeType']) ?? 'gp3';
  const iops = number(group['volumeIOPS']);
  const range = iopsOf[type];
  if (iops !== undefined && range === undefined)
    yield {
      pointer: `${path}/volumeIOPS`,
      message: `${name} states IOPS, which a ${type} disk does not have`,
      hint: `take volumeIOPS out, or use ${enumeration(Object.keys(iopsOf))}`,
    };
  else if (iops !== undefined && range !== undefined)
    yield* outside(iops, range, `${path}/volumeIOPS`, `${name} asks for ${iops} IOPS of a ${type} disk`);
  const throughput = number(group['volumeThroughput']);
  if (throughput !== undefined && type !== 'gp3')
    yield {
      pointer: `${path}/volumeThroughput`,
      message: `${name} states a throughput, which a ${type} disk does not have`,
      hint: 'take volumeThroughput out, or use gp3',
    };
  else if (throughput !== undefined)
    yield* outside(
      throughput,
      throughputRange,
      `${path}/volumeThroughput`,
      `${name} asks for a throughput of ${throughput} MiB/s`,
    );
  yield* withoutWhatItNeeds(group, path, name);
};

function* outside(
  value: number,
  [least, most]: readonly [number, number],
  pointer: string,
  message: string,
): Iterable<Refusal> {
  if (value < least || value > most) yield { pointer, message, hint: `use ${least} to ${most}` };
}

const withoutWhatItNeeds: GroupRule = function* (group, path, name) {
  const needSize = statedOf(group, ['volumeName', 'volumeEncrypted', 'volumeKmsKeyID']);
  // A launch template brings a disk of its own.
  if (group['volumeSize'] === undefined && needSize.length > 0)
    yield {
      pointer: `${path}/volumeSize`,
      message: `${name} has ${enumeration(needSize)} but no volumeSize`,
      hint: 'leave volumeSize in',
    };
  if (isStated(group, 'volumeKmsKeyID') && group['volumeEncrypted'] !== true)
    yield {
      pointer: `${path}/volumeKmsKeyID`,
      message: `${name} has a key for its disks, which are not encrypted`,
      hint: 'leave volumeEncrypted at true',
    };
};
