import { Button, Group, Stack, Stepper } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { newId } from '../../../api/ids';
import { allSeriesQuery } from '../../../definitions/series-query';
import { Page } from '../../../shell/page';
import { strategyQuery, validationQuery } from '../queries';
import { draftProblems, EMPTY_DRAFT, isSameVersion, type Draft } from './draft';
import { ParametersStep } from './parameters-step';
import { ResultStep } from './result-step';
import { SeriesStep } from './series-step';
import { TemplateStep } from './template-step';

const STEPS = ['Bars', 'Idea', 'Numbers', 'Result'];

/** Four steps from a series of bars to an honest answer. */
export function NewStrategyPage() {
  const search = useSearch({ from: '/app/strategies/new' });
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const series = useQuery(allSeriesQuery);
  const wanted = series.data?.find(
    (one) => one.symbol === search.symbol && (!search.source || one.source === search.source),
  );
  const current = draft.series === null && wanted ? { ...draft, series: wanted } : draft;
  const [strategyId, setStrategyId] = useState(newId);
  // what the strategy is made of, once it is there
  const [made, setMade] = useState<Draft | null>(null);
  const [runs, setRuns] = useState(0);
  const client = useQueryClient();
  const change = (changes: Partial<Draft>) => setDraft({ ...current, ...changes });
  const test = () => {
    // other bars or another idea make another strategy; other numbers the next version of this one
    if (made && (made.series !== current.series || made.template !== current.template)) {
      setStrategyId(newId());
      setMade(null);
    }
    // what was said of the version before is not shown as if it were about this one
    for (const { queryKey } of [strategyQuery(strategyId), validationQuery(strategyId)])
      client.removeQueries({ queryKey });
    setRuns(runs + 1);
    setStep(3);
  };
  const action =
    made === null ? 'Make it and test it' : isSameVersion(made, current) ? 'Test it again' : 'Test the next version';
  const ready = [
    current.series !== null,
    current.template !== null,
    Object.keys(draftProblems(current)).length === 0,
    false,
  ][step];
  return (
    <Page title="New strategy" lead="From a series of bars to an honest answer, in about a minute.">
      <Stepper
        active={step}
        onStepClick={step === 3 ? undefined : setStep}
        allowNextStepsSelect={false}
        size="sm"
        iconSize={32}
        wrap={false}
        className="wizard-steps"
      >
        {STEPS.map((label) => (
          <Stepper.Step key={label} label={label} />
        ))}
      </Stepper>
      <Stack gap="lg" maw={920}>
        {step === 0 && (
          <SeriesStep query={series} chosen={current.series} onChoose={(one) => change({ series: one })} />
        )}
        {step === 1 && (
          <TemplateStep chosen={current.template} onChoose={(template) => change({ template, values: {}, name: '' })} />
        )}
        {step === 2 && <ParametersStep draft={current} before={made} onChange={change} />}
        {step === 3 && (
          <ResultStep
            key={runs}
            draft={current}
            strategyId={strategyId}
            onChangeNumbers={(isMade) => {
              if (isMade) setMade(current);
              setStep(2);
            }}
          />
        )}
        {step < 3 && (
          <Group justify="space-between">
            <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>
              Back
            </Button>
            <Button disabled={!ready} onClick={() => (step === 2 ? test() : setStep(step + 1))}>
              {step === 2 ? action : 'Next'}
            </Button>
          </Group>
        )}
      </Stack>
    </Page>
  );
}
