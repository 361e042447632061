import { hasErrors, type Diagnostic } from '../../diagnostic/diagnostic.js';
import type { Located } from '../../diagnostic/located.js';
import type { SourceDoc } from '../read/source.js';
import { clusterSpec, type ClusterSpec } from '../schema/cluster.js';
import { located } from './located.js';
import { withoutNulls } from './merge.js';
import { emptyFields } from './nulls.js';
import { diagnose, validate } from './validate.js';

/** One cluster's spec, or what is wrong with it. */
export function parseCluster(source: SourceDoc): { cluster?: Located<ClusterSpec>; diagnostics: Diagnostic[] } {
  if (source.value === undefined) return { diagnostics: [] };
  const written = withoutNulls({ value: source.value, positions: source.positions });
  const { value, problems } = validate(clusterSpec, written);
  const diagnostics = diagnose([...problems, ...emptyFields(clusterSpec, source.value)], written.positions);
  if (value === undefined || hasErrors(diagnostics)) return { diagnostics };
  return { cluster: located(value, written.positions), diagnostics };
}
