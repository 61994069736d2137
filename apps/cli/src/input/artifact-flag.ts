import type { StrategyDocument } from '@assay/contracts';
import { modelPlanOf } from '@assay/domain';
import { isImported, partsFor } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { readFlagFile } from './read-file';

/** The bytes of `--artifact`, known to be of the document; null without. */
export function artifactOf(args: Args, document: StrategyDocument): Uint8Array | null {
  const path = args.optional('artifact');
  if (path === undefined) return null;
  if (modelPlanOf(document) === null) throw new UsageError('--artifact must not be given: the strategy has no model');
  const bytes = readFlagFile('--artifact', path);
  blaming('--artifact', () => partsFor(document, bytes));
  return bytes;
}

/** The same where models are fitted in folds: of one that is imported alone, which must have it. */
export function importedArtifactOf(args: Args, document: StrategyDocument): Uint8Array | null {
  const artifact = artifactOf(args, document);
  const plan = modelPlanOf(document);
  if (plan === null || isImported(plan) === (artifact !== null)) return artifact;
  throw new UsageError(
    artifact === null
      ? `--artifact is required: a model of kind ${plan.kind} is imported, by assay model import`
      : `--artifact has no effect: a model of kind ${plan.kind} is fitted in each fold`,
  );
}
