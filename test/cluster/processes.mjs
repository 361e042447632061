// What the processes of the rig's network take, looked at once in a while: memory at its highest, and CPU by program. What is
// shorter than the time between two looks (git, kubectl) is seen by chance only, so the machine's own count stands beside it.

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** Clock ticks a second in /proc (proc(5)); Linux has had 100 on every machine for decades. */
const TICKS_PER_SECOND = 100;

/** The processes of this network namespace, as far as they were alive at some look. */
export class Processes {
  /** Resident memory of all of them at its highest; a page that two share counts twice, so it is an upper bound. */
  peakBytes = 0;
  #network = readlinkSync('/proc/self/ns/net');
  #machineBefore = machineSeconds();
  /** By process, as a process is named by its id and its start. */
  #cpu = new Map();

  /** Looks once: the caller does it every second or so. */
  look() {
    let bytes = 0;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const seen = this.#process(pid);
      if (seen === undefined) continue;
      bytes += seen.bytes;
      this.#cpu.set(seen.key, seen);
    }
    this.peakBytes = Math.max(this.peakBytes, bytes);
  }

  /** Program → seconds of CPU, the greediest first. */
  secondsByProgram() {
    const sums = new Map();
    for (const { program, seconds } of this.#cpu.values()) sums.set(program, (sums.get(program) ?? 0) + seconds);
    return [...sums].sort(([, a], [, b]) => b - a);
  }

  /** Seconds of CPU that the whole machine has spent since this began, whoever for. */
  secondsOfMachine() {
    return machineSeconds() - this.#machineBefore;
  }

  #process(pid) {
    try {
      if (readlinkSync(`/proc/${pid}/ns/net`) !== this.#network) return undefined;
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The fields after the name, which stands in brackets and may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [user, system, started] = [fields[11], fields[12], fields[19]];
      const command =
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] || stat.replace(/.*\((.*)\).*/s, '$1');
      const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0;
      return {
        key: `${pid} ${started}`,
        program: basename(command),
        bytes: Number(resident) * 1024,
        seconds: (Number(user) + Number(system)) / TICKS_PER_SECOND,
      };
    } catch {
      return undefined; // ended between the two looks
    }
  }
}

/** Everything but idling and waiting for disks: user, nice, system, irq, softirq (proc(5)). */
function machineSeconds() {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/);
  return [user, nice, system, irq, softirq].reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
}
