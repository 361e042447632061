import { describeBumpRace } from './support/bump-race.js';

// It is among these for its length, not for a control plane.
describeBumpRace(2, 15 * 60_000);
