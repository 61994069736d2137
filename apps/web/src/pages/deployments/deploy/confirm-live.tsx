import { Alert, Button, Checkbox, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, trade } from '../../../api/clients';
import { ApiProblem } from '../../../api/problem';
import type { components } from '../../../api/generated/trade';
import { ProblemAlert } from '../../../states/problem-alert';
import { AnswerChallenge } from './answer-challenge';
import { summaryRows } from './summary';

type Deployment = components['schemas']['DeploymentDto'];

interface Props {
  deployment: Deployment;
  onConfirmed?: () => void;
}

const changedMeanwhile = (): ApiProblem =>
  new ApiProblem(
    'changed_meanwhile',
    'Changed meanwhile',
    'What will trade was changed after you had read it: read it again, as it is now.',
    409,
  );
const isChanged = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.code === 'changed_meanwhile' || error.code === 'stale_version');

/** Live trading starts in two steps: what will trade is read and agreed to, then a fresh challenge is answered with the trade password. */
export function ConfirmLive({ deployment, onConfirmed }: Props) {
  const client = useQueryClient();
  const [step, setStep] = useState<'closed' | 'read' | 'answer'>('closed');
  // the version that was read and agreed to: another one is to be read anew
  const [agreed, setAgreed] = useState<number | null>(null);
  // what the answer was refused for, where it is to be read anew
  const [refused, setRefused] = useState<unknown>(null);
  const path = { deploymentId: deployment.deployment_id };
  const readAnew = () => {
    setAgreed(null);
    setStep('read');
    return client.invalidateQueries({ queryKey: ['deployment'] });
  };
  const challenge = useMutation({
    mutationFn: async () => {
      const answered = await answer(
        trade.POST('/api/v1/deployments/{deploymentId}/challenge', {
          params: { path },
        }),
      );
      // the challenge is for what there is now, which may be something else than what stands on the page
      if (answered.version !== agreed) throw changedMeanwhile();
      return answered;
    },
    onSuccess: () => setStep('answer'),
    onError: (error) => isChanged(error) && readAnew(),
  });
  const given = challenge.data?.challenge;
  const close = () => {
    setStep('closed');
    setAgreed(null);
    setRefused(null);
    challenge.reset();
  };
  const goOn = () => {
    setRefused(null);
    challenge.mutate();
  };
  return (
    <>
      <Alert color="yellow" variant="light" title="Waits for your confirmation">
        <Text size="sm">It trades with money only after you have confirmed it in two steps.</Text>
        <Button mt="xs" size="xs" color="red" onClick={() => setStep('read')}>
          Confirm live trading …
        </Button>
      </Alert>
      <Modal opened={step !== 'closed'} onClose={close} title={`Live trading: ${deployment.ticker}`} size="lg">
        {step === 'read' && (
          <Stack>
            <Text size="sm" fw={600}>
              Step 1 of 2: this is what will trade
            </Text>
            <Table withTableBorder aria-label="Summary">
              <Table.Tbody>
                {summaryRows(deployment).map(([label, value]) => (
                  <Table.Tr key={label}>
                    <Table.Th scope="row">{label}</Table.Th>
                    <Table.Td>{value}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Checkbox
              label="I have read it, and want it to send real orders"
              checked={agreed === deployment.version}
              onChange={(event) => setAgreed(event.currentTarget.checked ? deployment.version : null)}
            />
            {challenge.isError && <ProblemAlert problem={challenge.error} title="Refused" />}
            {isChanged(refused) && <ProblemAlert problem={changedMeanwhile()} title="Not confirmed" />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button color="red" disabled={agreed !== deployment.version} loading={challenge.isPending} onClick={goOn}>
                Go on
              </Button>
            </Group>
          </Stack>
        )}
        {step === 'answer' && given && (
          <AnswerChallenge
            deploymentId={deployment.deployment_id}
            challenge={given}
            action="Start live trading"
            onCancel={close}
            onConfirmed={() => {
              close();
              onConfirmed?.();
            }}
            onRefused={(error) => {
              setRefused(error);
              if (isChanged(error)) void readAnew();
            }}
          />
        )}
      </Modal>
    </>
  );
}
