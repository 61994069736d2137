import type { StrategyDocument } from '@assay/contracts';
import type { StreamingEvaluator } from '@assay/domain';
import { createStreamingEvaluator, modelPlanOf } from '@assay/domain';
import type { ArtifactStore } from '@assay/pipeline';
import { openArtifactStore, partsFor } from '@assay/pipeline';
import type { AppConfig } from '@assay/platform';
import { CONFIG } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { Inject, Injectable } from '@nestjs/common';

/** Model artifacts, read once per process: they are content-addressed, so what was verified stays true. */
@Injectable()
export class Artifacts {
  readonly store: ArtifactStore;
  private readonly known = new Map<string, Promise<Uint8Array>>();

  constructor(@Inject(CONFIG) config: AppConfig) {
    this.store = openArtifactStore(config.artifactUrl);
  }

  /** The verified bytes of the document's model, null where it has none. @throws DomainError evidence_mismatch */
  async of(document: StrategyDocument): Promise<Uint8Array | null> {
    if (document.kind !== 'pipeline' || !document.artifact) return null;
    const { sha256 } = document.artifact;
    const known = this.known.get(sha256) ?? this.store.get(sha256);
    this.known.set(sha256, known);
    try {
      return await known;
    } catch (error) {
      this.known.delete(sha256);
      throw error;
    }
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
