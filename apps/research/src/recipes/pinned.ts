import type { PinnedRef } from '@assay/contracts';

/** A definition's content with the (id, revision, hash) under which it stays readable. */
export interface Pinned<C> {
  pin: PinnedRef;
  content: C;
}
