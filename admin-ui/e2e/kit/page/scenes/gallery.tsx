import {
  ApiProblem,
  BarChart,
  Button,
  DateTime,
  Day,
  Diff,
  Duration,
  EmptyState,
  FailedScreen,
  LineChart,
  Money,
  Notice,
  OvertakenNotice,
  Person,
  Problem,
  Section,
  SkeletonRows,
  Sparkline,
  Status,
  TextDiff,
  Timeline,
  Track,
  Tree,
} from '@task-connect/console';
import css from '../page.module.css';
import { hours, projects, refused, wave } from '../samples.ts';

/** Everything of the kit that can be looked at without doing something. */
export function Scene() {
  const from = '2027-01-12T08:42:00Z';
  const to = '2027-01-12T09:42:00Z';
  return (
    <>
      <h1>The kit</h1>
      <div className={css.columns}>
        <Section title="Lines">
          <LineChart title="Requests" unit="/s" from={from} to={to} series={[{ name: 'all', points: wave(60, 38) }]} />
          <LineChart
            title="Answer time"
            unit="ms"
            height={110}
            series={[
              { name: 'p95', points: wave(60, 46, [20, 21, 22, 23, 24]) },
              { name: 'p50', points: wave(60, 17) },
            ]}
            marks={[{ at: '2027-01-12T09:19:00Z', text: '2 × 502, tunnel' }]}
          />
        </Section>
        <Section title="Bars">
          <BarChart
            title="Hours by project"
            unit="h"
            stacked
            series={[
              { key: 'done', name: 'Tracked' },
              { key: 'left', name: 'Left' },
            ]}
            rows={projects}
          />
          <BarChart title="Hours by day" unit="h" series={[{ key: 'h', name: 'Hours' }]} rows={hours} />
        </Section>
        <Section title="Differences">
          <Diff
            before={{ estimate: '1 h', due: '11 January', person: null }}
            after={{ estimate: '1 h 30', due: '12 January', person: 'Ines Calder' }}
            names={{ due: 'Due' }}
          />
          <TextDiff
            before="Foam for the chairs came on Monday. Order webbing."
            after="Foam for the chairs came late, on Tuesday. Order webbing and jute."
          />
        </Section>
        <Section title="Timeline">
          <Timeline
            items={[
              { id: '1', at: '2027-01-12T09:14:02Z', title: 'Tasks says task.created', detail: '214 bytes' },
              { id: '2', at: '2027-01-12T09:14:03Z', title: 'Reminders handles it', to: '/platform/jobs' },
              { id: '3', at: '2027-01-12T09:14:04Z', state: 'bad', title: 'Mail refuses: 550 mailbox unavailable' },
              { id: '4', at: '2027-01-13T09:14:04Z', state: 'warn', title: 'Waits for the next try' },
            ]}
          />
        </Section>
        <Section title="Problems">
          <Problem problem={new ApiProblem(refused)} actions={<Button>Stop it and start this</Button>} />
          <OvertakenNotice
            title="Wanda changed this note while you wrote."
            theirs="Foam came on Tuesday."
            mine="Foam came late."
            onTake={() => {}}
            onKeep={() => {}}
          />
          <Notice kind="warn" title="There is a new version of the console." actions={<Button>Reload</Button>}>
            <p>What you type is kept.</p>
          </Notice>
          <FailedScreen title="The week view of Bookings could not be loaded." reason="404" retry={() => {}} />
        </Section>
        <Section title="Tree">
          <Tree
            label="Projects"
            selected="b"
            items={[
              {
                id: 'a',
                title: 'Harbour Hotel',
                icon: 'folder',
                note: '12',
                children: [
                  { id: 'b', title: 'Lobby', note: '4' },
                  { id: 'c', title: 'Bar', children: [{ id: 'd', title: 'Stools' }] },
                ],
              },
              { id: 'e', title: 'Spring price list', icon: 'folder' },
            ]}
          />
        </Section>
        <Section title="Small things">
          <div className={css.line}>
            <Status kind="ok">On</Status>
            <Status kind="busy">Enabling</Status>
            <Status kind="warn">Degraded</Status>
            <Status kind="bad">Failed</Status>
            <Status kind="off">Off</Status>
          </div>
          <div className={css.line}>
            <Money amount={123_456} currency="EUR" />
            <Money amount={0} currency="EUR" />
            <Money amount={1234} currency="JPY" />
            <Duration seconds={5400} />
            <DateTime at="2027-01-12T09:14:02Z" />
            <Day date="2027-01-12" />
            <Person name="Ines Calder" />
          </div>
          <div className={css.line}>
            <Sparkline label="Answer time, 46 ms now" points={wave(30, 20).map(({ value }) => value)} />
            <Track
              label="Cache, 24 hours"
              cells={Array.from({ length: 24 }, (_, hour) => ({
                state: hour === 9 ? 'degraded' : hour === 17 ? 'failed' : hour > 21 ? 'off' : 'ok',
                title: `${hour}:00: ${hour === 9 ? 'degraded' : hour === 17 ? 'failed' : 'well'}`,
              }))}
            />
          </div>
        </Section>
        <Section title="Empty, and waiting">
          <EmptyState
            icon="calendar-plus"
            title="No bookings this week"
            actions={<Button variant="filled">Offer something</Button>}
          >
            People book what you offer. Offer one thing, with a length and a price, and send the link.
          </EmptyState>
          <SkeletonRows rows={3} />
        </Section>
      </div>
    </>
  );
}
