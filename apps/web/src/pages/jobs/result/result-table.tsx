import { Code, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useMemo } from 'react';
import type { Job } from '../../../jobs/job-api';
import { PageLink } from '../../../shell/links';
import { Hash } from '../../../values/hash';
import { Time } from '../../../values/time';
import { metricsQuery } from '../../backtests/queries';
import { resultRows, type ResultCell, type ResultRow } from './result-rows';
import type { MetricNames } from './value-words';

const NAME_WIDTH = 260;

function Cell({ cell, name }: { cell: ResultCell; name: string }) {
  switch (cell.as) {
    case 'link':
      return <PageLink {...cell.target}>{cell.words}</PageLink>;
    case 'time':
      return <Time value={cell.time} detail="second" />;
    case 'hash':
      return <Hash value={cell.hash} name={name} />;
    case 'words':
      return (
        <Text span inherit className="breaks" title={cell.exact}>
          {cell.words}
        </Text>
      );
  }
}

const Row = ({ row, inset }: { row: ResultRow; inset?: boolean }) => (
  <Table.Tr>
    <Table.Th scope="row" w={NAME_WIDTH} pl={inset ? 'xl' : undefined} fw={inset ? 400 : undefined} className="breaks">
      {row.name}
    </Table.Th>
    <Table.Td>{row.cell && <Cell cell={row.cell} name={row.name} />}</Table.Td>
  </Table.Tr>
);

/** The result of a job in words and values, and as the API gives it behind a disclosure. */
export function ResultTable({ job, result }: { job: Job; result: Record<string, unknown> }) {
  const catalogue = useQuery(metricsQuery);
  const rows = useMemo(() => {
    const names: MetricNames = Object.fromEntries((catalogue.data ?? []).map((metric) => [metric.key, metric]));
    return resultRows(result, job, names);
  }, [catalogue.data, result, job]);
  return (
    <>
      <Table variant="vertical" layout="fixed" aria-label="Result of the job">
        <Table.Tbody>
          {rows.map((row) => (
            <Fragment key={row.key}>
              <Row row={row} />
              {row.below.map((one) => (
                <Row key={one.key} row={one} inset />
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
      <details>
        <summary>Raw result</summary>
        <Code block className="document" tabIndex={0} role="region" aria-label="Result as JSON">
          {JSON.stringify(result, null, 2)}
        </Code>
      </details>
    </>
  );
}
