import type { pipelineDocument, PipelineDocument } from './pipeline-document';
import { strategyEnvelope } from './strategy-envelope';
import type { substrategiesDocument, SubstrategiesDocument } from './substrategies-document';
import { WireDocument, type DocumentOf } from './schema/wire-document';

export type StrategyDocument = SubstrategiesDocument | PipelineDocument;
/** As it comes: without an id and a name it gets them. */
export type SentStrategy = DocumentOf<ReturnType<typeof substrategiesDocument | typeof pipelineDocument>>;

/** What is wrong with a Strategy JSON of which nobody knows the kind: only what every kind carries is looked at. */
export const strategyOfAnyKind = () =>
  new WireDocument('urn:assay:schema:strategy:v1', (z) =>
    z.looseObject({ ...strategyEnvelope(z), kind: z.enum(['substrategies', 'pipeline']) }),
  );
