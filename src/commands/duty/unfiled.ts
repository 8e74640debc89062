/** 未报: who has not filed, with whom to talk to. */
import { contactNames } from '../../access/holders';
import { explainDue, formatDue, formatEndOf } from '../../calendar/periods';
import { list, say } from '../../channels/content';
import { draftedFields } from '../../reminders/contents';
import { type MissingUnit, missingOf } from '../../reminders/missing';
import { countSent } from '../../reminders/records';
import type { Command } from '../command';
import { askedOverview, nothingToSee } from '../figures/overview';

/** 还有哪些县没报, 没报的有谁, 几家没交 */
const asking =
  /^(?:看看?|查|现在|目前)?(?:还有?|都有?)?(?:哪些|哪几[家个]|哪[个家]|谁|几[家个]|多少[家个]?)(?:县区?|区县?|单位|分局|地方)?(?:还|都)?(?:没有?|未)(?:上报|报送|提交|报|交|填)(?:上来)?$|^(?:还)?(?:没有?|未)(?:上报|报送|提交|报|交|填)的?(?:都)?(?:还)?(?:有|是)?(?:谁|哪些|哪几[家个]|单位|县区?|名单|几[家个]|多少[家个]?)*$/;

const roles = ['staff', 'leader', 'lead'] as const;

export const unfiled: Command = {
  words: '未报',
  help: '还没报的单位和联络员',
  roles,
  inGroup: false,
  match: (text) =>
    /^(未报|谁没报|哪些没报|没报的|未报名单|还有谁没报|谁还没报|未报单位)$/.test(text) || asking.test(text),
  async run(talk) {
    const asked = await askedOverview(talk, roles);
    if (!asked) return nothingToSee;
    const { definition, terms, standings } = asked;
    const { period } = terms;
    const missing = await missingOf(talk.tx, { definition, period, now: talk.now }, standings);
    if (missing.length === 0)
      return { content: say([`${terms.label}${definition.short}：${standings.length}家全部已报。`]) };
    const unitIds = missing.map(({ unitId }) => unitId);
    const contacts = await contactNames(talk.tx, unitIds, talk.now);
    const drafted = await draftedFields(talk.tx, { definition, period }, missing);
    const sent = await countSent(talk.tx, definition, period);
    const lines = missing.map((unit) => {
      const facts = [
        ...(drafted.has(unit.unitId) ? ['有草稿'] : []),
        tellContacts(contacts.get(unit.unitId) ?? []),
        ...tellReminders(unit, sent.get(unit.unitId) ?? 0),
      ];
      return `${unit.short}（${facts.join('，')}）`;
    });
    return {
      content: say([
        `${terms.label}${definition.short}未报${missing.length}家（应报${standings.length}家），截止${explainDue(terms)}：`,
        list(lines, true),
      ]),
    };
  },
};

const tellContacts = (contacts: readonly string[]): string =>
  contacts.length > 0 ? `联络员${contacts.join('、')}` : '尚无联络员';

function tellReminders({ pause, terms }: MissingUnit, sent: number): readonly string[] {
  return [
    ...(sent > 0 ? [`已催${sent}次`] : []),
    ...(terms.extendedFrom ? [`延期至${formatDue(terms)}`] : []),
    ...(pause ? [`暂停至${formatEndOf(pause.until)}，因${pause.reason}`] : []),
  ];
}
