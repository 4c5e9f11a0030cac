import { tasks } from '../contract.ts';
import { membersOf } from './member-table.ts';
import { gatherNews, takeNews } from './news-table.ts';
import { newsSentence } from './news-text.ts';
import { findProject } from './project-table.ts';

// Who renames a project, moves it and adds three people does one thing: the members hear of it once, when it has been
// quiet for a while, and after a longer while even if it is not.

const quiet = Temporal.Duration.from({ minutes: 2 });
const longest = Temporal.Duration.from({ minutes: 10 });

export const gatherProjectNews = tasks.handler({
  event: 'project.updated',
  name: 'gather-project-news',
  async handle({ actor: who, data: { projectId, changed } }, { tx, actor, clock, schedule }) {
    const now = clock.now();
    const by = [actor.organisation, projectId] as [string, string];
    const since = await gatherNews(tx, by, now.toString(), changed, who ? [who] : []);
    const [at] = [now.add(quiet), Temporal.Instant.from(since).add(longest)].sort(Temporal.Instant.compare);
    await schedule('tell-project', { at: at!, key: projectId, data: { projectId } });
  },
});

export const tellProject = tasks.oneOff({
  job: 'tell-project',
  async handle({ data: { projectId } }, { tx, actor, people, notify }) {
    const news = await takeNews(tx, actor.organisation, projectId);
    const project = news && (await findProject(tx, actor.organisation, projectId));
    if (!project) return;
    const here = new Set((await people.members(actor.organisation)).map(({ person }) => person));
    const names = (await people.contact(news.actors)).map(({ name }) => name);
    for (const { person } of await membersOf(tx, actor.organisation, projectId)) {
      // Nobody is told of what they alone did.
      if (!here.has(person) || news.actors.every((each) => each === person)) continue;
      await notify('project-updated', {
        person,
        title: project.name,
        body: newsSentence(names, news.changed),
        link: `/tasks/projects/${projectId}`,
        key: `${projectId} ${news.since}`,
      });
    }
  },
});
