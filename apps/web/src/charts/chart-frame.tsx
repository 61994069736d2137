import { Box, Stack, Table, Text } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';

export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

interface Props {
  /** What the picture shows; its name for screen readers too. */
  label: string;
  /** The same in numbers: built only when somebody opens it. */
  table?: () => ChartTable;
  note?: ReactNode;
  children: ReactNode;
}

const MOST_ROWS = 200;

function Numbers({ label, table }: { label: string; table: () => ChartTable }) {
  const { columns, rows } = table();
  return (
    <Box className="chart-table" tabIndex={0} role="region" aria-label={`${label}: numbers`}>
      <Table verticalSpacing={2} fz="xs">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <Table.Tr key={index}>
              {row.map((cell, column) => (
                <Table.Td key={column} className="figure">
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > MOST_ROWS && (
        <Text size="xs" c="dimmed">
          The first {MOST_ROWS} of {rows.length}
        </Text>
      )}
    </Box>
  );
}

/** Around every picture: its name, a note, and its numbers as a table for whoever cannot see it. */
export function ChartFrame({ label, table, note, children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Stack component="figure" gap={4} m={0} aria-labelledby={id}>
      <Text component="figcaption" id={id} size="sm" fw={600}>
        {label}
      </Text>
      {children}
      {note && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
      {table && (
        <details className="chart-numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>Numbers</summary>
          {open && <Numbers label={label} table={table} />}
        </details>
      )}
    </Stack>
  );
}
