import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { answer, trade } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { parseValues, textsOf, type FieldTexts, type ObjectSchema } from '../../forms/schema-values';
import { SchemaForm } from '../../forms/schema-form';
import { ProblemAlert } from '../../states/problem-alert';

const SCHEMA: ObjectSchema = {
  properties: {
    currency: { type: 'string', pattern: '^[A-Z]{3,5}$', default: 'USD', description: 'What the account is kept in' },
    initial_cash: { type: 'string', pattern: '^\\d+(\\.\\d+)?$', default: '1000000', description: 'Opening cash' },
    fee_bps: { type: 'number', minimum: 0, maximum: 1000, default: 5, description: 'Fee in basis points' },
    can_short: { type: 'boolean', default: true, description: 'Whether it may hold less than nothing' },
  },
};

export function NewAccount({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [texts, setTexts] = useState<FieldTexts>(() => textsOf(SCHEMA));
  const { values, errors } = parseValues(SCHEMA, texts);
  const open = useMutation({
    mutationFn: () =>
      answer(
        trade.POST('/api/v1/accounts', {
          body: { broker: 'PAPER', paper: true, name, ...values },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['account'] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(errors).length === 0) open.mutate();
  };
  const problem = open.isError ? asProblem(open.error) : undefined;
  return (
    <Modal opened onClose={onClose} title="Open a paper account">
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            required
            maxLength={255}
            data-autofocus
            error={problem?.of('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <SchemaForm schema={SCHEMA} texts={texts} onChange={setTexts} errors={errors} />
          {problem && <ProblemAlert problem={problem} title="Not opened" />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={open.isPending}
              disabled={name.trim() === '' || Object.keys(errors).length > 0}
            >
              Open
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
