import type { FeatureSpec, PinnedRef, PipelineDocument } from '@assay/contracts';
import { modelPlan } from '@assay/domain';
import { requireFeaturePlugin, resolveParams } from '@assay/pipeline';
import { hashOf } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { FeatureContent } from '../recipes/feature-content';
import { composeModel } from '../recipes/compose-model';
import { RULE_IDENTITY_ID, type ModelContent } from '../recipes/model-content';
import type { SignalContent } from '../recipes/signal-content';
import type { DefinitionColumns, DefinitionRow, DefinitionStore } from '../records/definitions/definition.store';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import { SignalLogicStore } from '../records/definitions/signal-logic.store';

export interface ImportedReferences {
  featureIds: string[];
  modelId: string;
  signalLogicId: string;
}

/**
 * Definitions of a pipeline document. Where a pin names a definition that the owner has with exactly that content as
 * its newest revision it is used again; everything else becomes a new definition of the owner.
 */
@Injectable()
export class DefinitionImport {
  constructor(
    private readonly features: FeatureStore,
    private readonly models: ModelStore,
    private readonly signalLogics: SignalLogicStore,
  ) {}

  async import(em: EntityManager, ownerId: string, document: PipelineDocument): Promise<ImportedReferences> {
    const featureIds: string[] = [];
    for (const spec of document.features) {
      const content = featureContent(spec);
      const { name, plugin, params } = content;
      featureIds.push(await this.ensure(em, ownerId, this.features, spec.pin, content, { name, plugin, params }));
    }
    const modelId = await this.importModel(em, ownerId, document, featureIds);
    const { pin, rule_tree, output_mode, position_mode } = document.signal;
    const signal: SignalContent = { rule_tree, output_mode, position_mode };
    const signalLogicId = await this.ensure(em, ownerId, this.signalLogics, pin, signal, {
      name: `${document.name} rules`,
      ruleTree: rule_tree,
      outputMode: output_mode,
      positionMode: position_mode,
    });
    return { featureIds, modelId, signalLogicId };
  }

  private async importModel(
    em: EntityManager,
    ownerId: string,
    document: PipelineDocument,
    featureIds: string[],
  ): Promise<string> {
    const plan = modelPlan(document.model);
    if (plan === null) return RULE_IDENTITY_ID;
    const ids = plan.inputs.map((input) => featureIds[document.features.findIndex((f) => f.name === input)]!);
    const inputs = await this.features.newest(em, ownerId, ids);
    const content: ModelContent = composeModel({ ...plan, features: inputs });
    const { label, params, seed, refit, training = null } = plan;
    const columns = {
      name: `${document.name} model`,
      kind: plan.kind,
      featureIds: ids,
      label,
      params,
      seed,
      refit,
      training,
    };
    return this.ensure(em, ownerId, this.models, plan.pin, content, columns);
  }

  private async ensure<Row extends DefinitionRow, C>(
    em: EntityManager,
    ownerId: string,
    store: DefinitionStore<Row, C>,
    pin: PinnedRef | null,
    content: C,
    columns: DefinitionColumns<Row>,
  ): Promise<string> {
    const known = pin ? await store.findOptional(em, ownerId, pin.id) : null;
    if (known && known.hash === hashOf(content)) return known.id;
    return (await store.create(em, ownerId, columns, content)).id;
  }
}

function featureContent({ name, plugin, params }: FeatureSpec): FeatureContent {
  const found = requireFeaturePlugin(plugin);
  return { name, plugin, plugin_version: found.version, params: { ...resolveParams(found, params) } };
}
