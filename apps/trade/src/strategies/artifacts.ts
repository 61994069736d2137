import type { StrategyDocument } from '@assay/contracts';
import type { StreamingEvaluator } from '@assay/domain';
import { createStreamingEvaluator, modelPlanOf } from '@assay/domain';
import type { ArtifactStore } from '@assay/pipeline';
import { openArtifactStore, partsFor } from '@assay/pipeline';
import type { AppConfig } from '@assay/platform';
import { CONFIG } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** Most bytes of artifacts that a process keeps; some are a few kilobytes, forests some megabytes. */
const MOST_BYTES = 64 * 2 ** 20;

/** Model artifacts, kept once read: they are content-addressed, so what was verified stays true. */
@Injectable()
export class Artifacts {
  readonly store: ArtifactStore;
  private readonly known: LRUCache<string, Uint8Array>;

  constructor(@Inject(CONFIG) config: AppConfig) {
    this.store = openArtifactStore(config.artifactUrl);
    this.known = new LRUCache({
      maxSize: MOST_BYTES,
      sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
      // who waits for it gets it, though it may be dropped meanwhile
      ignoreFetchAbort: true,
      fetchMethod: (sha256) => this.store.get(sha256),
    });
  }

  /** The verified bytes of the document's model, null where it has none. @throws DomainError evidence_mismatch */
  async of(document: StrategyDocument): Promise<Uint8Array | null> {
    if (document.kind !== 'pipeline' || !document.artifact) return null;
    return (await this.known.fetch(document.artifact.sha256))!;
  }

  /** A fresh evaluator, to be given a state. @throws DomainError not_ready when the model has no artifact */
  async evaluator(document: StrategyDocument): Promise<StreamingEvaluator> {
    const artifact = await this.of(document);
    const plan = modelPlanOf(document);
    if (plan && !artifact) {
      throw refuse('not_ready', `model ${plan.kind} has no artifact`);
    }
    return createStreamingEvaluator(document, partsFor(document, artifact));
  }
}
