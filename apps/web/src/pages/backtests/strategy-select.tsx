import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PageLink } from '../../shell/links';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { strategiesQuery } from './queries';

interface Props {
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
}

/** One of the own strategies that are not archived. */
export function StrategySelect({ value, onChange, error }: Props) {
  const strategies = useQuery(strategiesQuery);
  if (strategies.isPending) return <Loading lines={1} height={36} />;
  if (strategies.isError) return <ProblemAlert problem={strategies.error} onRetry={() => void strategies.refetch()} />;
  const open = strategies.data.filter(({ status }) => status !== 'archived');
  if (open.length === 0) {
    return (
      <Text size="sm">
        There is no strategy yet. <PageLink to="/strategies">Make one first</PageLink>.
      </Text>
    );
  }
  return (
    <Select
      label="Strategy"
      required
      searchable
      data={open.map(({ id, name, revision }) => ({ value: id, label: `${name} (revision ${revision})` }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
