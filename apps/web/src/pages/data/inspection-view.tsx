import { Badge, Select, Stack, Table, Text } from '@mantine/core';
import { formatBytes, formatCount, NONE } from '../../format/number';
import { inWords } from '../../format/words';
import { isDaily } from '../../format/timeframe';
import { Section } from '../../shell/page';
import { Facts } from '../../values/facts';
import { Time } from '../../values/time';
import { missingColumns, renamedColumns, roleOptions, type ReadColumn } from './column-roles';
import type { Inspection } from './file-requests';
import { NotesList } from './notes-list';

const textOf = (value: unknown): string => (value === null || value === undefined ? NONE : String(value));

interface Props {
  file: File;
  inspection: Inspection;
  /** Names that the columns have in the file. */
  names: readonly string[];
  /** Reads the file anew with these names of its columns. */
  onColumns: (columns: string) => void;
}

/** What the reader made of a file, before anything is stored; which column is which can be said otherwise. */
export function InspectionView({ file, inspection, names, onColumns }: Props) {
  const columns = inspection.columns as unknown as ReadColumn[];
  const missing = missingColumns(columns);
  // other formats name their columns themselves
  const nameable = inspection.format === 'delimited text' && inspection.layout === null;
  const detail = inspection.timeframe && !isDaily(inspection.timeframe) ? 'minute' : 'date';
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
          ...(inspection.containers.length > 0 ? [['Packed in', inspection.containers.join(' in ')] as const] : []),
        ]}
      />
      {inspection.symbols.length > 0 && (
        <Text size="sm">
          Symbols in it: {inspection.symbols.slice(0, 20).join(', ')}
          {inspection.symbols.length > 20 && ` and ${inspection.symbols.length - 20} more`}
        </Text>
      )}
      {columns.length > 0 && (
        <Table.ScrollContainer minWidth={0}>
          <Table fz="sm" verticalSpacing={4} aria-label="Columns of the file">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="row">Column</Table.Th>
                {columns.map(({ name }, index) => (
                  <Table.Th key={index} scope="col">
                    {textOf(names[index] ?? name)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Table.Tr>
                <Table.Th scope="row">Read as</Table.Th>
                {columns.map((column, index) => (
                  <Table.Td key={index}>
                    {nameable ? (
                      <Select
                        size="xs"
                        w={130}
                        aria-label={`${names[index] ?? column.name} is read as`}
                        data={roleOptions(column)}
                        value={column.read_as}
                        allowDeselect={false}
                        onChange={(role) => role && onColumns(renamedColumns(columns, index, role))}
                      />
                    ) : (
                      <Badge variant="light" color={column.read_as === 'skip' ? 'gray' : 'blue'} tt="none" radius="sm">
                        {inWords(textOf(column.read_as))}
                      </Badge>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Stack gap="sm">
        {missing && (
          <Text size="sm" role="alert">
            <b>!</b> {missing}
          </Text>
        )}
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
          <Text size="sm">
            It can be read as it is. The bars themselves, gaps and impossible prices, are judged when they are imported.
          </Text>
        )}
      </Stack>
    </Section>
  );
}
