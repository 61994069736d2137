import { Button, Code, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, research } from '../../../api/clients';
import { asProblem } from '../../../api/problem';
import { readsOf } from '../../../definitions/feature-reads';
import { allFeaturesQuery, type Feature } from '../../../definitions/features-query';
import type { StoredSeries } from '../../../definitions/series-query';
import { SeriesSelect } from '../../../definitions/series-select';
import { formatCount } from '../../../format/number';
import { plural } from '../../../format/words';
import { formatTime } from '../../../format/time';
import { JobProgress } from '../../../jobs/job-progress';
import { may, useSession } from '../../../session/session';
import { Section } from '../../../shell/page';
import { Empty } from '../../../states/empty';
import { ProblemAlert } from '../../../states/problem-alert';
import { QueryView } from '../../../states/query-view';
import { versionsQuery, type Dataset, type FeatureVersion } from '../queries';
import { ProfileView } from './profile-view';

const day = (time: string): string => formatTime(time, { zone: 'UTC', detail: 'date' });
const textOf = ({ symbol, timeframe, source, start, end, rows }: Dataset, revision: number): string =>
  `${symbol} ${timeframe} from ${source}, ${day(start)} to ${day(end)}, ${plural(rows, 'row')}, revision ${revision}`;

/** Datasets of a feature: makes one, and shows what one looks like. */
export function DatasetsSection({ feature }: { feature: Feature }) {
  const mayWrite = may(useSession(), 'research:write');
  const versions = useQuery(versionsQuery(feature.id));
  const [made, setMade] = useState<string | null>(null);
  return (
    <>
      {mayWrite && <DatasetForm feature={feature} onMade={setMade} />}
      <Section title="Profile">
        <QueryView query={versions}>
          {(items) => <Chosen key={made} feature={feature} versions={items} first={made} />}
        </QueryView>
      </Section>
    </>
  );
}

function Chosen({ feature, versions, first }: { feature: Feature; versions: FeatureVersion[]; first: string | null }) {
  const all = versions.flatMap(({ revision, datasets }) => datasets.map((dataset) => ({ revision, dataset })));
  const [wanted, setWanted] = useState(first);
  const found = all.find(({ dataset }) => dataset.dataset_id === wanted) ?? all[0];
  if (!found) {
    return (
      <Empty title="No dataset yet">
        What is missing, the moments and the distribution of this feature stand here once it is computed on bars.
      </Empty>
    );
  }
  return (
    <Stack gap="sm">
      <Select
        label="Dataset"
        allowDeselect={false}
        data={all.map(({ dataset, revision }) => ({ value: dataset.dataset_id, label: textOf(dataset, revision) }))}
        value={found.dataset.dataset_id}
        onChange={setWanted}
      />
      <Text size="sm">
        Hash{' '}
        <Code className="breaks" fz="xs">
          {found.dataset.hash}
        </Code>
      </Text>
      <ProfileView feature={feature.id} name={feature.name} dataset={found.dataset} />
    </Stack>
  );
}

function DatasetForm({ feature, onMade }: { feature: Feature; onMade: (dataset: string) => void }) {
  const [series, setSeries] = useState<StoredSeries | null>(null);
  const [range, setRange] = useState({ start: '', end: '' });
  const all = useQuery(allFeaturesQuery);
  const reads = readsOf(feature, all.data ?? []);
  const make = useMutation({
    mutationFn: ({ symbol, timeframe, source }: StoredSeries) =>
      answer(
        research.POST('/api/features/{id}/generate', {
          params: { path: { id: feature.id } },
          body: {
            ...{ symbol, timeframe, source },
            ...(range.start.trim() && { start: range.start.trim() }),
            ...(range.end.trim() && { end: range.end.trim() }),
            ...(reads.length > 0 && { reads: reads.map(({ id }) => id) }),
          },
        }),
      ),
  });
  const problem = make.error ? asProblem(make.error) : undefined;
  return (
    <Section title="Compute it on bars">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (series && all.data && !make.isPending) make.mutate(series);
        }}
      >
        <Stack gap="sm" maw={860}>
          <SeriesSelect value={series} onChange={setSeries} error={problem?.of('symbol')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="First bar that is kept"
              placeholder="The first stored"
              value={range.start}
              error={problem?.of('start')}
              onChange={(event) => setRange({ ...range, start: event.currentTarget.value })}
            />
            <TextInput
              label="Last bar that is kept"
              placeholder="The last stored"
              value={range.end}
              error={problem?.of('end')}
              onChange={(event) => setRange({ ...range, end: event.currentTarget.value })}
            />
          </SimpleGrid>
          {reads.length > 0 && (
            <Text size="sm" c="dimmed">
              It reads {reads.map(({ name }) => name).join(', ')}: computed with it.
            </Text>
          )}
          {all.isError && !all.data && (
            <ProblemAlert
              problem={all.error}
              title="Not known which features it reads"
              onRetry={() => void all.refetch()}
            />
          )}
          {problem && <ProblemAlert problem={problem} title="Not computed" />}
          <Group>
            <Button type="submit" loading={make.isPending} disabled={!series || !all.data}>
              Compute
            </Button>
          </Group>
        </Stack>
      </form>
      {make.data && (
        <JobProgress key={make.data.job_id} id={make.data.job_id}>
          {(result) => <Made feature={feature.id} result={result} onMade={onMade} />}
        </JobProgress>
      )}
    </Section>
  );
}

interface MadeProps {
  feature: string;
  result: unknown;
  onMade: (dataset: string) => void;
}

function Made({ feature, result, onMade }: MadeProps) {
  const client = useQueryClient();
  const {
    dataset_id: dataset,
    rows,
    reused,
    warnings = [],
  } = result as {
    dataset_id: string;
    rows: number;
    reused: boolean;
    warnings?: { code: string; message: string }[];
  };
  useEffect(() => {
    void client.invalidateQueries({ queryKey: versionsQuery(feature).queryKey }).then(() => onMade(dataset));
  }, [client, feature, dataset, onMade]);
  return (
    <>
      <Text size="sm" role="status">
        {formatCount(rows)} rows{reused ? ', the same as before: the stored ones are used.' : '.'}
      </Text>
      {warnings.map(({ code, message }) => (
        <Text key={code} size="sm">
          ! {message}
        </Text>
      ))}
    </>
  );
}
