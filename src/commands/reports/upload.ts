/** 上传: a link to send a workbook from a browser, for where the chat cannot carry files. */
import { say } from '../../channels/content';
import { createLink, linkMinutes } from '../../uploads/links';
import type { Command } from '../command';

/** `address`: under which browsers reach the service; null where it is not set. */
export const upload = (address: string | null): Command => ({
  words: '上传',
  help: '要一个上传报表文件的链接；也可以直接把文件发给我，或粘贴表格行',
  roles: ['contact'],
  inGroup: false,
  match: (text) =>
    /^(上传|传表|传文件|传表格|上传表格|上传文件|上传报表|上传链接|上传工作簿|导入文件|导入表格)$/.test(text),
  async run(talk) {
    const direct = '可以直接把填好的 .xlsx 文件发给我，或从Excel复制几行粘贴过来。';
    if (address === null) return { content: say([direct]) };
    const { chat, speaker, userId, directory } = talk;
    const owner = { personId: speaker.personId, channel: chat.channel, chatId: chat.id, directory, userId };
    const token = await createLink(talk.tx, owner, talk.now);
    const link = `${address.replace(/\/+$/, '')}/upload/${token}`;
    const terms = `上面的链接只属于您，只能用一次，${linkMinutes}分钟内有效，请不要转发。`;
    return { content: say([`请在浏览器打开，选文件上传：\n${link}`, terms, direct]) };
  },
});
