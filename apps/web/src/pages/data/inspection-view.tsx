import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { formatBytes, formatCount, NONE } from '../../format/number';
import { inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { Facts } from '../../values/facts';
import { Time } from '../../values/time';
import type { Inspection } from './file-requests';
import { NotesList } from './notes-list';

const textOf = (value: unknown): string => (value === null || value === undefined ? NONE : String(value));

/** What the reader made of a file, before anything is stored. */
export function InspectionView({ file, inspection }: { file: File; inspection: Inspection }) {
  const detail = inspection.timeframe && !/[dwM]$/.test(inspection.timeframe) ? 'minute' : 'date';
  return (
    <Section title={`What ${file.name} holds`}>
      <Facts
        facts={[
          ['Recognised as', textOf(inspection.layout ?? inspection.format)],
          ['Size', formatBytes(inspection.bytes)],
          ['Rows', formatCount(inspection.rows)],
          ['Bars', formatCount(inspection.bars)],
          ['Bars of', textOf(inspection.timeframe ?? inspection.spacing)],
          [
            'First',
            <Time
              key="first"
              value={inspection.first}
              detail={detail}
              market={detail === 'date' ? 'CRYPTO' : undefined}
            />,
          ],
          [
            'Last',
            <Time
              key="last"
              value={inspection.last}
              detail={detail}
              market={detail === 'date' ? 'CRYPTO' : undefined}
            />,
          ],
          ['Times', [inspection.time_format, inspection.zone].filter(Boolean).join(', ') || NONE],
          [
            'Written with',
            [inspection.delimiter, inspection.decimal && `decimal ${inspection.decimal}`].filter(Boolean).join(', ') ||
              NONE,
          ],
          ['Packed in', inspection.containers.join(' in ') || 'Nothing'],
        ]}
      />
      {inspection.symbols.length > 0 && (
        <Text size="sm">
          Symbols in it: {inspection.symbols.slice(0, 20).join(', ')}
          {inspection.symbols.length > 20 && ` and ${inspection.symbols.length - 20} more`}
        </Text>
      )}
      {inspection.columns.length > 0 && (
        <Table.ScrollContainer minWidth={0}>
          <Table fz="sm" verticalSpacing={4} aria-label="Columns of the file">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="row">Column</Table.Th>
                {inspection.columns.map(({ name }, index) => (
                  <Table.Th key={index} scope="col">
                    {textOf(name)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Table.Tr>
                <Table.Th scope="row">Read as</Table.Th>
                {inspection.columns.map(({ read_as: role }, index) => (
                  <Table.Td key={index}>
                    <Badge
                      variant="light"
                      color={role === 'skip' ? 'gray' : role === 'extra' ? 'grape' : 'blue'}
                      tt="none"
                      radius="sm"
                    >
                      {inWords(textOf(role))}
                    </Badge>
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Stack gap="sm">
        {inspection.problems.length > 0 && (
          <div role="alert">
            <Text fw={600} size="sm" mb={4}>
              Why it cannot be read as it is
            </Text>
            <NotesList notes={inspection.problems} tone="bad" />
          </div>
        )}
        {inspection.repairs.length > 0 && (
          <div>
            <Text fw={600} size="sm" mb={4}>
              What an import would mend
            </Text>
            <NotesList notes={inspection.repairs} tone="warning" />
          </div>
        )}
        {inspection.recognised.length > 0 && (
          <div>
            <Text fw={600} size="sm" mb={4}>
              How it is read
            </Text>
            <NotesList notes={inspection.recognised} tone="calm" />
          </div>
        )}
        {inspection.problems.length + inspection.repairs.length === 0 && (
          <Group gap={6}>
            <Text size="sm">Nothing to mend and nothing to refuse.</Text>
          </Group>
        )}
      </Stack>
    </Section>
  );
}
