import { Anchor, Button, Group, ScrollArea, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { formatCount } from '../format/number';
import { Loading } from '../states/loading';
import { ProblemAlert } from '../states/problem-alert';
import type { CursorList } from './cursor-list';
import { nextSorting, sortRows, type SortKey, type Sorting } from './sorting';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and money stand right. */
  align?: 'left' | 'right';
  /** What a click on the heading sorts by. */
  sortBy?: (row: Row) => SortKey;
  /** Not on a phone. */
  wide?: boolean;
}

interface Props<Row> {
  /** What the table is, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  list: CursorList<Row>;
  rowKey: (row: Row) => string;
  /** In place of the table where there are no rows. */
  empty: ReactNode;
  /** Address of the same rows as a file. */
  csv?: string;
  minWidth?: number;
  /** How many there are, where these are only some of them. */
  total?: number;
}

/** Rows that are drawn at first, and with every wish for more: many at once make a page slow. */
const PAGE = 200;
const MARK = { ascending: ' ▲', descending: ' ▼', none: '' };

function Heading<Row>({
  column,
  sorting,
  onSort,
}: {
  column: Column<Row>;
  sorting: Sorting | null;
  onSort: (key: string) => void;
}) {
  const state = sorting?.column !== column.key ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return (
    <Table.Th
      scope="col"
      ta={column.align ?? 'left'}
      aria-sort={column.sortBy ? state : undefined}
      className={column.wide ? 'wide-only' : undefined}
    >
      {column.sortBy ? (
        <UnstyledButton fz="sm" fw={600} onClick={() => onSort(column.key)}>
          {column.header}
          <span aria-hidden="true">{MARK[state]}</span>
        </UnstyledButton>
      ) : (
        column.header
      )}
    </Table.Th>
  );
}

/** Rows of a list of the API: loading, problem, nothing yet, or a table that sorts what is loaded and fetches more on demand. */
export function DataTable<Row>({ label, columns, list, rowKey, empty, csv, minWidth = 0, total }: Props<Row>) {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [most, setMost] = useState(PAGE);
  const rows = useMemo(() => {
    const sortBy = columns.find((column) => column.key === sorting?.column)?.sortBy;
    const all = list.rows ?? [];
    return sorting && sortBy ? sortRows(all, sortBy, sorting.descending) : all;
  }, [list.rows, columns, sorting]);

  if (list.loading) return <Loading lines={6} />;
  const problem = list.error && <ProblemAlert problem={list.error} onRetry={list.retry} />;
  if (rows.length === 0) return <>{problem || empty}</>;
  const shown = rows.slice(0, most);
  const more = list.more || shown.length < rows.length;
  const showMore = () => {
    setMost(most + PAGE);
    if (list.more && rows.length <= most) list.loadMore();
  };
  return (
    <Stack gap="xs">
      {problem}
      <ScrollArea.Autosize type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
        <Table mb="xs" highlightOnHover verticalSpacing={6} miw={minWidth} aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Heading
                  key={column.key}
                  column={column}
                  sorting={sorting}
                  onSort={(key) => setSorting((current) => nextSorting(current, key))}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map(({ key, cell, align, wide }) => (
                  <Table.Td key={key} ta={align ?? 'left'} className={wide ? 'wide-only' : undefined}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {list.more
            ? `The first ${shown.length}${sorting ? ', sorted among those loaded' : ''}`
            : more
              ? `The first ${shown.length} of ${rows.length}`
              : total !== undefined && total > rows.length
                ? `${formatCount(rows.length)} of ${formatCount(total)}`
                : `${formatCount(rows.length)} in all`}
        </Text>
        <Group gap="md">
          {csv && (
            <Anchor href={csv} size="sm" download>
              Download as CSV
            </Anchor>
          )}
          {more && (
            <Button size="xs" variant="default" loading={list.loadingMore} onClick={showMore}>
              Show more
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}
