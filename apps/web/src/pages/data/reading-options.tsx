import { Accordion, Button, Checkbox, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Inspection, InspectQuery } from './file-requests';

interface Props {
  reading: InspectQuery;
  problems: Inspection['problems'];
  onChange: (reading: InspectQuery) => void;
}

const DATE_FORMATS = [
  { value: 'dd/mm/yyyy', label: '31/12/2024 (day first)' },
  { value: 'mm/dd/yyyy', label: '12/31/2024 (month first)' },
];
const DECIMALS = [
  { value: 'point', label: '1,234.5 (point)' },
  { value: 'comma', label: '1.234,5 (comma)' },
];

/** How to read what the file does not say itself; open where a problem asks for it. */
export function ReadingOptions({ reading, problems, onChange }: Props) {
  const [asked, setAsked] = useState<InspectQuery>(reading);
  const change = (part: InspectQuery) => setAsked((before) => ({ ...before, ...part }));
  const problemOf = (field: string) => {
    const found = problems.find((problem) => problem.field === field);
    return found ? String(found.message) : undefined;
  };
  return (
    <Accordion variant="contained" defaultValue={problems.length > 0 ? 'reading' : null}>
      <Accordion.Item value="reading">
        <Accordion.Control>Read it another way</Accordion.Control>
        <Accordion.Panel>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onChange(asked);
            }}
          >
            <Stack gap="sm">
              <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
                <Select
                  label="Dates are written"
                  data={DATE_FORMATS}
                  clearable
                  placeholder="As recognised"
                  value={asked.date_format ?? null}
                  error={problemOf('date_format')}
                  onChange={(value) => change({ date_format: (value as InspectQuery['date_format']) ?? undefined })}
                />
                <Select
                  label="Numbers are written"
                  data={DECIMALS}
                  clearable
                  placeholder="As recognised"
                  value={asked.decimal ?? null}
                  error={problemOf('decimal')}
                  onChange={(value) => change({ decimal: (value as InspectQuery['decimal']) ?? undefined })}
                />
                <TextInput
                  label="Zone of its times"
                  placeholder="UTC, or Europe/Berlin"
                  value={asked.zone ?? ''}
                  error={problemOf('zone')}
                  onChange={(event) => change({ zone: event.currentTarget.value || undefined })}
                />
                <TextInput
                  label="Names of its columns"
                  placeholder="date,open,high,low,close,-"
                  value={asked.columns ?? ''}
                  error={problemOf('columns')}
                  onChange={(event) => change({ columns: event.currentTarget.value || undefined })}
                />
              </SimpleGrid>
              <Group>
                <Checkbox
                  label="Sort rows that are in no order"
                  checked={asked.sort ?? false}
                  onChange={(event) => change({ sort: event.currentTarget.checked || undefined })}
                />
                <Checkbox
                  label="Leave out rows that break a rule"
                  checked={asked.skip_bad ?? false}
                  onChange={(event) => change({ skip_bad: event.currentTarget.checked || undefined })}
                />
                <Checkbox
                  label="Refuse whatever needs mending"
                  checked={asked.strict ?? false}
                  onChange={(event) => change({ strict: event.currentTarget.checked || undefined })}
                />
              </Group>
              <Group>
                <Button type="submit" variant="default">
                  Look again
                </Button>
              </Group>
            </Stack>
          </form>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
