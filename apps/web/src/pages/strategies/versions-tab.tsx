import { Group, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '../../format/words';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';
import { revisionsQuery, type Revision } from './queries';
import { differences } from './words/document-diff';
import { policyWords } from './words/gate-words';

const contentOf = ({ recipe, source, artifact }: Revision) => ({
  ...(recipe as Record<string, unknown>),
  ...(source ? { source } : {}),
  ...(artifact ? { fitted_model: (artifact as { sha256?: string }).sha256 } : {}),
});

function Diff({ before, after }: { before: Revision; after: Revision }) {
  const rows = differences(contentOf(before), contentOf(after));
  if (rows.length === 0) {
    return (
      <Text size="sm">
        Nothing that trades differs between version {before.revision} and version {after.revision}; a pinned definition
        was stored anew.
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {plural(rows.length, 'difference')} from version {before.revision} to version {after.revision}
      </Text>
      <Table.ScrollContainer minWidth={420}>
        <Table verticalSpacing={6} aria-label="Differences">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Field</Table.Th>
              <Table.Th scope="col">Version {before.revision}</Table.Th>
              <Table.Th scope="col">Version {after.revision}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ path, before: old, after: now }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  <Text size="sm" ff="monospace">
                    {path}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {old === undefined ? (
                    <Text size="sm" c="dimmed">
                      not there
                    </Text>
                  ) : (
                    <del>{old}</del>
                  )}
                </Table.Td>
                <Table.Td>
                  {now === undefined ? (
                    <Text size="sm" c="dimmed">
                      taken away
                    </Text>
                  ) : (
                    <ins>{now}</ins>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

const COLUMNS: Column<Revision>[] = [
  { key: 'revision', header: 'Version', cell: (row) => row.revision, sortBy: (row) => row.revision },
  { key: 'status', header: 'Stage', cell: (row) => <StatusBadge status={row.status} /> },
  {
    key: 'passes',
    header: 'Passes',
    cell: (row) => row.validated_under.map((policy) => policyWords(policy).name).join(', ') || '–',
  },
  { key: 'made', header: 'Made', cell: (row) => <Time value={row.created_at} />, sortBy: (row) => row.created_at },
  {
    key: 'hash',
    header: 'Content',
    cell: (row) => (
      <Text size="xs" ff="monospace" title={row.config_hash}>
        {row.config_hash.slice(0, 12)}
      </Text>
    ),
    wide: true,
  },
];

export function VersionsTab({ id }: { id: string }) {
  const query = useQuery(revisionsQuery(id));
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  return (
    <QueryView query={query} lines={6}>
      {(all) => {
        const after = all.find(({ revision }) => revision === to) ?? all.at(-1)!;
        const before = all.find(({ revision }) => revision === from) ?? all[all.indexOf(after) - 1];
        const choices = all.map(({ revision }) => ({ value: String(revision), label: `Version ${revision}` }));
        const select = (label: string, value: number | undefined, set: (revision: number) => void) => (
          <Select
            label={label}
            data={choices}
            value={value === undefined ? null : String(value)}
            onChange={(chosen) => chosen && set(Number(chosen))}
            allowDeselect={false}
            w={150}
          />
        );
        return (
          <Stack gap="lg">
            <DataTable
              label="Versions"
              columns={COLUMNS}
              list={loadedList([...all].reverse())}
              rowKey={(row) => String(row.revision)}
              empty={<Empty title="No version">A strategy has at least one.</Empty>}
            />
            {all.length > 1 && (
              <Section title="What changed">
                <Group>
                  {select('From', before?.revision, setFrom)}
                  {select('To', after.revision, setTo)}
                </Group>
                {before && <Diff before={before} after={after} />}
              </Section>
            )}
          </Stack>
        );
      }}
    </QueryView>
  );
}
