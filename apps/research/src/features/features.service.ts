import { columnNames, PREDICTION_FIELD, type FeatureSpec, type GenerateFeaturePayload } from '@assay/contracts';
import type { Series } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import { featureBarColumns, featurePlugins, requireFeaturePlugin, resolveParams, sha256OfUri } from '@assay/pipeline';
import { Jobs, type JobRow } from '@assay/platform';
import { invalid } from '@assay/primitives';
import type { TableFormat } from '@assay/tables';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { LargeExports } from '../data/exporting/large-exports';
import { aboutSeries } from '../data/about-series';
import { MarketData } from '../data/market-data';
import { DataThreads } from '../data/threads/data-threads';
import { definitionRevisionView } from '../definitions/definition-view';
import { References } from '../definitions/references';
import { pageOf, revisionPageOf, type Page } from '../listing/page';
import type { NamedPageQuery, RevisionPageQuery } from '../listing/page.request';
import type { DatasetEntity } from '../records/datasets/dataset.entity';
import { DatasetStore } from '../records/datasets/dataset.store';
import { assertBefore } from '../records/holdouts/holdout-locked';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { FeatureStore } from '../records/definitions/feature.store';
import { featureSpec } from '../recipes/compose-recipe';
import type { FeatureContent } from '../recipes/feature-content';
import { featureView } from './feature-view';
import type { CreateFeatureDto, DatasetProfileQuery, GenerateFeatureDto, UpdateFeatureDto } from './feature.request';
import type {
  DatasetProfileDto,
  FeatureDataset,
  FeatureDto,
  FeaturePluginDto,
  FeatureVersionsDto,
} from './feature.response';
import type { FeatureEntity } from '../records/definitions/feature.entity';
import { datasetTable } from './stored-dataset';

/** Of a page's revisions so many datasets are shown, the newest. */
const MOST_DATASETS = 1_000;

@Injectable()
export class FeaturesService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly market: MarketData,
    private readonly holdouts: HoldoutStore,
    private readonly features: FeatureStore,
    private readonly datasets: DatasetStore,
    private readonly references: References,
    private readonly artifacts: Artifacts,
    private readonly exports: LargeExports,
    private readonly threads: DataThreads,
  ) {}

  plugins(): FeaturePluginDto[] {
    return [...featurePlugins.values()].map((plugin) => ({
      key: plugin.key,
      version: plugin.version,
      description: plugin.description,
      parameter_schema: plugin.parameterSchema,
      sources: [...plugin.sources],
    }));
  }

  /** @throws DomainError `validation_failed` naming a wrong, missing or unknown parameter. */
  create(ownerId: string, body: CreateFeatureDto): Promise<FeatureDto> {
    const content = contentOf(body.name, body.plugin, body.params ?? {});
    return this.tx.run(async (em) => featureView(await this.features.create(em, ownerId, columnsOf(content), content)));
  }

  list(ownerId: string, query: NamedPageQuery): Promise<Page<FeatureDto>> {
    return pageOf(
      query,
      (limit, cursor) => this.features.list(this.db.manager, ownerId, { ...query, limit, cursor }),
      (rows) => rows.map(featureView),
    );
  }

  async get(ownerId: string, id: string): Promise<FeatureDto> {
    return featureView(await this.features.find(this.db.manager, ownerId, id));
  }

  update(ownerId: string, id: string, expected: number, body: UpdateFeatureDto): Promise<FeatureDto> {
    return this.tx.run(async (em) => {
      const row = await this.features.find(em, ownerId, id);
      const params = body.params ?? (body.plugin && body.plugin !== row.plugin ? {} : row.params);
      const content = contentOf(body.name ?? row.name, body.plugin ?? row.plugin, params);
      return featureView(await this.features.update(em, row, expected, columnsOf(content), content));
    });
  }

  /** @throws DomainError `referenced`. */
  remove(ownerId: string, id: string): Promise<void> {
    return this.tx.run(async (em) => {
      const row = await this.features.find(em, ownerId, id);
      await this.references.assertNone(em, 'feature', ownerId, id);
      await this.datasets.removeOfFeature(em, ownerId, id);
      await this.features.remove(em, row);
    });
  }

  async versions(ownerId: string, id: string, query: RevisionPageQuery): Promise<FeatureVersionsDto> {
    const em = this.db.manager;
    await this.features.find(em, ownerId, id);
    return revisionPageOf(
      query,
      (limit, after) => this.features.revisionsOf(em, id, limit, after),
      async (rows) => {
        const revisions = rows.map(({ revision }) => revision);
        const datasets = await this.datasets.ofFeature(em, ownerId, id, revisions, MOST_DATASETS);
        return rows.map((r) => ({
          ...definitionRevisionView(r),
          datasets: datasets
            .filter((d) => d.featureRevision === r.revision)
            .map(datasetView)
            .reverse(),
        }));
      },
    );
  }

  /** A generated dataset as a file. @throws DomainError `not_found`, `overloaded` */
  export(ownerId: string, id: string, datasetId: string, format: TableFormat): Promise<StreamableFile> {
    return this.exports.give(ownerId, format, async () => {
      const row = await this.datasets.find(this.db.manager, ownerId, id, datasetId);
      const table = datasetTable(await this.artifacts.getValue(row.uri), row.timeframe, LargeExports.rowsOf(2, format));
      return { name: `dataset_${row.symbol}_${row.timeframe}_${row.id}`, ...table };
    });
  }

  /** What a generated dataset looks like. @throws DomainError `not_found` */
  async profile(
    ownerId: string,
    id: string,
    datasetId: string,
    { bins, rows }: DatasetProfileQuery,
  ): Promise<DatasetProfileDto> {
    const em = this.db.manager;
    const { name } = await this.features.find(em, ownerId, id);
    const { uri, id: dataset_id } = await this.datasets.find(em, ownerId, id, datasetId);
    const task = { artifactUrl: this.artifacts.url, sha256: sha256OfUri(uri), name, bins, rows };
    return { dataset_id, ...(await this.threads.datasetProfile(task)) };
  }

  /** @throws DomainError `not_found` for bars that are not stored, `validation_failed` for a range without bars. */
  async generate(ownerId: string, id: string, body: GenerateFeatureDto): Promise<JobRow> {
    const feature = await this.features.find(this.db.manager, ownerId, id);
    const series = await this.market.requireSeries(body.source ?? null, body.symbol, body.timeframe);
    this.market.assertRange(series, body.start, body.end);
    const { start, end } = body;
    assertBefore(await this.holdouts.openOn(this.db.manager, ownerId, [series.symbol]), { start, end });
    const before = await this.features.newest(this.db.manager, ownerId, body.reads ?? []);
    const [own] = await this.features.newest(this.db.manager, ownerId, [id]);
    requireColumns([...before, own!].map(featureSpec), series);
    const reads = before.map(({ pin }) => ({ feature_id: pin.id, revision: pin.revision }));
    const payload: GenerateFeaturePayload = {
      feature_id: id,
      revision: feature.revision,
      source: series.source,
      symbol: series.symbol,
      timeframe: series.timeframe,
      start: body.start ?? null,
      end: body.end ?? null,
      ...(reads.length > 0 ? { reads } : {}),
    };
    const about = `${feature.name} on ${aboutSeries(series)}`;
    return this.tx.run((em) =>
      this.jobs.submit(em, { kind: 'feature.generate', ownerId, payload, subjectId: id, about }),
    );
  }
}

/** What a feature reads is a bar column of the series or a feature listed before it. */
function requireColumns(
  specs: FeatureSpec[],
  { extraColumns, timeframe }: Pick<Series, 'extraColumns' | 'timeframe'>,
): void {
  const known = columnNames(extraColumns);
  featureBarColumns(specs, timeframe).forEach((columns, i) => {
    const column = columns.find((name) => !known.includes(name));
    if (column === undefined) return;
    const names = [...known, ...specs.slice(0, i).map(({ name }) => name)].join(', ');
    const message = `reads must give the features that ${specs[i]!.name} reads beside ${names}, was without ${column}`;
    throw invalid([{ field: 'reads', rule: 'known_column', value: column, message }]);
  });
}

function contentOf(name: string, plugin: string, params: Record<string, unknown>): FeatureContent {
  const taken = [PREDICTION_FIELD, ...columnNames()];
  if (taken.includes(name)) {
    const message = `name must not be one of ${taken.join(', ')}, was ${name}`;
    throw invalid([{ field: 'name', rule: 'reserved', value: name, message }]);
  }
  const found = requireFeaturePlugin(plugin);
  return { name, plugin, plugin_version: found.version, params: { ...resolveParams(found, params) } };
}

const columnsOf = ({ name, plugin, params }: FeatureContent): Partial<FeatureEntity> => ({ name, plugin, params });

const datasetView = (d: DatasetEntity): FeatureDataset => ({
  dataset_id: d.id,
  hash: d.hash,
  source: d.source,
  symbol: d.symbol,
  timeframe: d.timeframe,
  start: d.startAt.toISOString(),
  end: d.endAt.toISOString(),
  rows: d.rows,
  created_at: d.createdAt.toISOString(),
});
