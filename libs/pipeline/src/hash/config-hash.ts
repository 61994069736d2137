import type { StrategyDocument, UniverseDocument } from '@assay/contracts';
import { configIdentity } from '@assay/domain';
import { hashOf } from '@assay/primitives';

/** Identity of a document's content: equal for two documents that differ in ids, revision, time or name only. */
export function configHash(document: StrategyDocument | UniverseDocument): string {
  return hashOf(configIdentity(document));
}
