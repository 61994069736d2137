import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { allFeaturesQuery } from '../../../definitions/features-query';
import { NO_MODEL } from '../../../definitions/no-model';
import { inWords, plural } from '../../../format/words';
import { may, useSession } from '../../../session/session';
import { ButtonLink, PageLink } from '../../../shell/links';
import { Page, Section } from '../../../shell/page';
import { Empty } from '../../../states/empty';
import { QueryView } from '../../../states/query-view';
import { FitSection } from './fit-section';
import { ImportSection } from './import-section';
import { labelWords } from './label';
import { modelPluginsQuery, modelQuery, type Model } from './queries';
import { TrainSection } from './train-section';
import { trainingWords } from './training';
import { TuneSection } from './tune-section';

const route = getRouteApi('/app/features/models/$id');

/** A model: what it is made of, its newest fit, and ways to train and tune it. */
export function ModelPage() {
  const { id } = route.useParams();
  const query = useQuery(modelQuery(id));
  const plugins = useQuery(modelPluginsQuery);
  const model = query.data;
  return (
    <Page
      title={model?.name ?? 'Model'}
      lead={model ? `${inWords(model.kind)}, revision ${model.revision}` : undefined}
      actions={
        <ButtonLink to="/features" variant="default">
          All features and models
        </ButtonLink>
      }
    >
      <QueryView query={plugins}>
        {(kinds) => (
          <QueryView query={query}>
            {(loaded) => (
              <Parts model={loaded} imported={kinds.some(({ kind, imported }) => imported && kind === loaded.kind)} />
            )}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

function Parts({ model, imported }: { model: Model; imported: boolean }) {
  const mayWrite = may(useSession(), 'research:write');
  if (model.kind === NO_MODEL) {
    return (
      <Text size="sm">
        The built-in model of strategies whose rules read features alone: it has nothing to fit and predicts nothing.
      </Text>
    );
  }
  return (
    <>
      <Specification model={model} />
      {mayWrite && (imported ? <ImportSection model={model.id} /> : <TrainSection model={model.id} />)}
      {model.artifact ? (
        <FitSection model={model.id} artifact={model.artifact} imported={imported} />
      ) : (
        <Empty title={imported ? 'No file yet' : 'Not fitted yet'}>
          {imported
            ? 'Its hash and the stated training range will stand here once its file is imported.'
            : 'Metrics, importance and coefficients will stand here once it is trained.'}
        </Empty>
      )}
      {mayWrite && !imported && <TuneSection model={model} />}
    </>
  );
}

function Specification({ model }: { model: Model }) {
  const features = useQuery(allFeaturesQuery);
  const params = Object.entries(model.params ?? {});
  const rows: [string, React.ReactNode][] = [
    [
      'Inputs',
      model.feature_ids.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <PageLink to="/features/$id" params={{ id }}>
            {features.data?.find((feature) => feature.id === id)?.name ?? id}
          </PageLink>
        </span>
      )),
    ],
    ['Learns', labelWords(model.label)],
    ['Parameters', params.map(([name, value]) => `${name} ${String(value)}`).join(', ') || 'None'],
    ['Seed', model.seed],
    ['Fitted again', model.refit && `every ${plural(model.refit.every, 'bar')}, first after ${model.refit.min_train}`],
    ['Rows', trainingWords(model.training)],
  ];
  return (
    <Section title="What it is">
      <Table variant="vertical" aria-label="What the model is made of" verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w={120}>
                {name}
              </Table.Th>
              <Table.Td className="breaks">{value ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
