import { Group, JsonInput, Modal, NumberInput, Paper, Stack, Text, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { ProblemAlert } from '../../states/problem-alert';
import { QueryView } from '../../states/query-view';
import { Facts } from './facts';
import { strategyDocumentQuery, strategyQuery, type Strategy } from './queries';
import { isOfStrategy, isSameDocument, partsOf, withPartNumber, type PartNumber } from './words/change-part';
import { readDocument } from './words/read-document';
import { substrategyWords } from './words/rule-words';

interface Props {
  strategy: Strategy;
  opened: boolean;
  onClose: () => void;
}

/** The rules of a strategy that is a document, as they stand; changed, they become its next version. */
export function ChangeRulesDialog({ strategy, opened, onClose }: Props) {
  const query = useQuery({ ...strategyDocumentQuery(strategy), enabled: opened });
  return (
    <Modal opened={opened} onClose={onClose} title={`Change the rules of ${strategy.name}`} size="lg">
      <QueryView query={query} lines={8}>
        {(document) => <Rules strategy={strategy} stored={JSON.stringify(document, null, 2)} onClose={onClose} />}
      </QueryView>
    </Modal>
  );
}

const NUMBERS: readonly [PartNumber, string][] = [
  ['window', 'Window (bars)'],
  ['signal', 'Threshold'],
];

function Rules({ strategy, stored, onClose }: { strategy: Strategy; stored: string; onClose: () => void }) {
  const client = useQueryClient();
  const [text, setText] = useState(stored);
  const read = readDocument(text);
  const parts = partsOf(text);
  const save = useMutation({
    mutationFn: (document: Record<string, unknown>) =>
      answer(research.POST('/api/strategies/import', { body: document })),
    onSuccess: async (changed) => {
      client.setQueryData(strategyQuery(changed.id).queryKey, changed);
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['strategy', 'validation', 'backtest'].includes(String(queryKey[0])),
      });
      onClose();
    },
  });
  const change = (to: string) => {
    setText(to);
    save.reset();
  };
  const isOther = read?.document !== undefined && !isOfStrategy(text, strategy.id);
  return (
    <Stack>
      <Text size="sm">
        Saved, they are version {strategy.revision + 1}. The versions before stay as they were tested; the new one has
        to be tested, judged and promoted itself, and counts as a trial.
      </Text>
      {parts.map((part, index) => (
        <Paper key={part.id} withBorder p="sm">
          <Text size="sm" mb="xs">
            {substrategyWords(part)}
          </Text>
          <Group grow>
            {NUMBERS.map(([key, label]) => (
              <NumberInput
                key={key}
                label={label}
                aria-label={`${label} of part ${index + 1}`}
                value={part[key]}
                allowDecimal={key !== 'window'}
                onChange={(value) => {
                  if (typeof value === 'number') change(withPartNumber(text, index, key, value));
                }}
              />
            ))}
          </Group>
        </Paper>
      ))}
      <details open={parts.length === 0}>
        <summary>The whole document</summary>
        <JsonInput
          mt="xs"
          aria-label="Strategy JSON"
          value={text}
          onChange={change}
          autosize
          minRows={8}
          maxRows={16}
          error={
            read?.problem ?? (isOther ? 'strategy_id must stay: with another the document is another strategy.' : null)
          }
        />
      </details>
      {read?.facts && (
        <Paper withBorder p="sm">
          <Facts facts={read.facts} />
        </Paper>
      )}
      {save.isError && <ProblemAlert problem={save.error} title="Not saved" />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={!read?.document || isOther || isSameDocument(text, stored)}
          loading={save.isPending}
          onClick={() => read?.document && save.mutate(read.document)}
        >
          Save as the next version
        </Button>
      </Group>
    </Stack>
  );
}
