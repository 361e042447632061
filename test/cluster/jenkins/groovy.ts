import { join } from 'node:path';

import { builtFiles } from '../rig/parts.js';
import { repositoryRoot } from '../rig/build/paths.js';

const folder = join(repositoryRoot, 'test', 'cluster', 'jenkins', 'groovy');

/** The command that runs one of our scripts with the Groovy that Jenkins embeds. Small and quick to start: it mostly waits for others. */
export function groovyCommand(script: string, ...args: readonly string[]): readonly string[] {
  const jar = builtFiles().get('groovy-all.jar');
  if (jar === undefined)
    throw new Error('the rig has no groovy-all.jar: name it in SPILLWAY_RIG_PARTS, or none at all');
  return [
    'java',
    // Groovy 2.4 looks into the JDK's own classes by reflection.
    ...['--add-opens', 'java.base/java.lang=ALL-UNNAMED'],
    ...['-Xmx192m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
    ...['-classpath', `${jar}:${folder}`, 'groovy.ui.GroovyMain', join(folder, script), ...args],
  ];
}
