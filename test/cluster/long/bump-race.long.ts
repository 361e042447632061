import { describeBumpRace } from '../support/bump-race.js';

describeBumpRace(10, 60 * 60_000);
