import { Button, Checkbox, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../../api/generated/trade';
import { AnswerChallenge } from './deploy/answer-challenge';
import type { ChangeRow } from './words/change-rows';

type Changed = components['schemas']['ChangedDeploymentDto'];

interface Props {
  /** What the service has answered: the deployment as it still is, and the challenge. */
  held: Changed & { challenge: NonNullable<Changed['challenge']> };
  rows: ChangeRow[];
  onClose: () => void;
  onConfirmed: () => void;
}

/** Whether the change of a live deployment waits for a person: then nothing of what it raises is in force. */
export const isHeld = (changed: Changed): changed is Props['held'] =>
  (changed.held_back ?? []).length > 0 && changed.challenge !== undefined;

/** What raises the stakes of live trading comes into force in two steps: what rises is read and agreed to, then the trade password is given. */
export function ConfirmChange({ held, rows, onClose, onConfirmed }: Props) {
  const [agreed, setAgreed] = useState(false);
  const [step, setStep] = useState<'read' | 'answer'>('read');
  return (
    <Modal opened onClose={onClose} title={`Raise live trading: ${held.ticker}`} size="lg">
      {step === 'read' ? (
        <Stack>
          <Text size="sm" fw={600}>
            Step 1 of 2: this is what changes
          </Text>
          <Text size="sm">It trades with real money, and goes on as it is until you have confirmed this.</Text>
          <Table withTableBorder aria-label="What changes">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Setting</Table.Th>
                <Table.Th scope="col">Now</Table.Th>
                <Table.Th scope="col">Then</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ setting, now, then, raised }) => (
                <Table.Tr key={setting}>
                  <Table.Th scope="row">{setting}</Table.Th>
                  <Table.Td>{now}</Table.Td>
                  <Table.Td fw={raised ? 700 : undefined}>{raised ? `▲ ${then}, allows more` : then}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Checkbox
            label="I have read it, and want it in force for real orders"
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button color="red" disabled={!agreed} onClick={() => setStep('answer')}>
              Go on
            </Button>
          </Group>
        </Stack>
      ) : (
        <AnswerChallenge
          deploymentId={held.deployment_id}
          challenge={held.challenge}
          action="Put it into force"
          onCancel={onClose}
          onConfirmed={onConfirmed}
        />
      )}
    </Modal>
  );
}
