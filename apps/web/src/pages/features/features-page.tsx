import { Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { answer, research } from '../../api/clients';
import type { Feature } from '../../definitions/features-query';
import { NO_MODEL } from '../../definitions/no-model';
import { inWords } from '../../format/words';
import { may, useSession } from '../../session/session';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { FindBox } from '../../tables/find-box';
import { Figure } from '../../values/figure';
import { Time } from '../../values/time';
import type { Model } from './models/queries';

const paramText = (params: Readonly<Record<string, unknown>>): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

const FEATURES: Column<Feature>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (row) => (
      <PageLink to="/features/$id" params={{ id: row.id }} fw={600}>
        {row.name}
      </PageLink>
    ),
    sortBy: (row) => row.name,
  },
  { key: 'plugin', header: 'Kind', cell: (row) => row.plugin, sortBy: (row) => row.plugin },
  {
    key: 'params',
    header: 'Parameters',
    cell: (row) => (
      <Text size="sm" className="breaks">
        {paramText(row.params)}
      </Text>
    ),
    wide: true,
  },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row) => <Time value={row.updated_at} />,
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];

const figureOf = (model: Model, name: string): number | null => {
  const value = model.artifact?.metrics[name];
  return typeof value === 'number' ? value : null;
};

const MODELS: Column<Model>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: (row) => (
      <PageLink to="/features/models/$id" params={{ id: row.id }} fw={600}>
        {row.name}
      </PageLink>
    ),
    sortBy: (row) => row.name,
  },
  { key: 'kind', header: 'Kind', cell: (row) => inWords(row.kind), sortBy: (row) => row.kind },
  {
    key: 'fitted',
    header: 'Fitted on',
    cell: (row) =>
      row.artifact
        ? `${row.artifact.symbol} ${row.artifact.timeframe}`
        : row.kind === NO_MODEL
          ? 'Nothing to fit'
          : 'Not yet',
    wide: true,
  },
  {
    key: 'auc',
    header: 'AUC out of sample',
    align: 'right',
    cell: (row) => <Figure value={figureOf(row, 'oos_auc')} />,
    sortBy: (row) => figureOf(row, 'oos_auc'),
    wide: true,
  },
  {
    key: 'ic',
    header: 'IC out of sample',
    align: 'right',
    cell: (row) => <Figure value={figureOf(row, 'oos_ic')} />,
    sortBy: (row) => figureOf(row, 'oos_ic'),
  },
  {
    key: 'updated',
    header: 'Changed',
    // nobody made it, and nobody changes it
    cell: (row) => (row.kind === NO_MODEL ? 'Built in' : <Time value={row.updated_at} />),
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];

export function FeaturesPage() {
  const mayWrite = may(useSession(), 'research:write');
  const { q } = useSearch({ from: '/app/features' });
  const navigate = useNavigate({ from: '/features' });
  const asked = { q, order: 'newest' as const };
  const features = useCursorList<Feature>(
    ['feature', 'list', asked],
    (cursor, signal) => answer(research.GET('/api/features', { params: { query: { ...asked, cursor } }, signal })),
    { searched: true },
  );
  const models = useCursorList<Model>(
    ['model', 'list', asked],
    (cursor, signal) => answer(research.GET('/api/models', { params: { query: { ...asked, cursor } }, signal })),
    { searched: true },
  );
  const none = q && <Empty title="None like this">None has “{q}” in its name.</Empty>;
  const newFeature = mayWrite && <ButtonLink to="/features/new">New feature</ButtonLink>;
  const newModel = mayWrite && <ButtonLink to="/features/models/new">New model</ButtonLink>;
  return (
    <Page title="Features & models" lead="What strategies compute from bars, and what is fitted to it.">
      <FindBox
        placeholder="Name of a feature or model"
        words={q}
        onFind={(words) => void navigate({ search: { q: words }, replace: true })}
      />
      <Section title="Features" actions={newFeature}>
        <DataTable
          label="Features"
          columns={FEATURES}
          list={features}
          rowKey={(row) => row.id}
          empty={
            none || <Empty title="No feature yet">A feature is an indicator with its parameters and a name.</Empty>
          }
        />
      </Section>
      <Section title="Models" actions={newModel}>
        <DataTable
          label="Models"
          columns={MODELS}
          list={models}
          rowKey={(row) => row.id}
          empty={none || <Empty title="No model yet">A model turns features into a prediction.</Empty>}
        />
      </Section>
    </Page>
  );
}
