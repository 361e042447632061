import type { Clock } from '../../delivery/land.js';
import { clock as machine } from '../clock.js';

/** The machine's own time, and its luck. */
export const clock: Clock = { ...machine, random: () => Math.random() };
