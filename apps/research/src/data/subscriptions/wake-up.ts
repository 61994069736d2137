import type { NewJob } from '@assay/platform';

/** The refresh of a subscription when it is due, once for each such time, whoever plans it. */
export const wakeUpAt = (
  at: Date,
  { id, ownerId, about }: { id: string; ownerId: string | null; about?: string },
): NewJob<'data.refresh'> => ({
  kind: 'data.refresh',
  ownerId,
  payload: { subscription_id: id },
  subjectId: id,
  about,
  dedupeKey: `${id}:${at.toISOString()}`,
  runAfter: at,
});
