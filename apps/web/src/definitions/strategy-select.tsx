import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageLink } from '../shell/links';
import { Loading } from '../states/loading';
import { ProblemAlert } from '../states/problem-alert';
import { strategiesQuery, type Strategy } from './strategies-query';

interface Props {
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
  label?: string;
  /** Nothing may be chosen. */
  optional?: boolean;
  /** Which of them are offered; archived ones never are. */
  among?: (strategy: Strategy) => boolean;
  /** Stands where none of them can be chosen. */
  none?: ReactNode;
}

/** Drawn at a time; typing finds the others. */
const MOST_OFFERED = 200;

const everyOne = () => true;

/** One of the own strategies that are not archived. */
export function StrategySelect({
  value,
  onChange,
  error,
  label = 'Strategy',
  optional = false,
  among = everyOne,
  none,
}: Props) {
  const strategies = useQuery(strategiesQuery);
  if (strategies.isPending) return <Loading lines={1} height={36} />;
  if (strategies.isError) return <ProblemAlert problem={strategies.error} onRetry={() => void strategies.refetch()} />;
  const open = strategies.data.filter((strategy) => strategy.status !== 'archived' && among(strategy));
  if (open.length === 0) {
    if (typeof none === 'string') return <Text size="sm">{none}</Text>;
    if (none !== undefined) return none;
    return (
      <Text size="sm">
        There is no strategy yet.{' '}
        <PageLink to="/strategies" underline="always">
          Make one first
        </PageLink>
        .
      </Text>
    );
  }
  return (
    <Select
      label={label}
      required={!optional}
      clearable={optional}
      allowDeselect={optional}
      searchable
      limit={MOST_OFFERED}
      data={open.map(({ id, name, revision }) => ({ value: id, label: `${name} (version ${revision})` }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
