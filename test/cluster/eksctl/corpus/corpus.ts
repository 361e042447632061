import type { CorpusCase } from './case.js';
import { clusterPatchCases } from './cluster-patches.js';
import { fieldCases } from './fields.js';
import { groupPatchCases } from './group-patches.js';
import { managedGroupPatchCases } from './managed-group-patches.js';
import { permissionPatchCases } from './permission-patches.js';

/** Every case, by what it is about. */
export const corpus: Readonly<Record<string, readonly CorpusCase[]>> = {
  'Fields of the spec': fieldCases,
  'Patches of self-managed node groups': groupPatchCases,
  'Patches of managed node groups': managedGroupPatchCases,
  'Patches of permissions and addons': permissionPatchCases,
  'Other patches': clusterPatchCases,
};
