import { type Meeting, meet } from './fixtures';

let meeting: Meeting;
beforeEach(async () => {
  meeting = await meet();
});
afterEach(async () => {
  await meeting.end();
});

const deliver = (event: Readonly<Record<string, string>>, from = 'zhangsan') =>
  meeting.platform.deliver(meeting.address, { from, event });
const heard = () => meeting.heard.map(({ content }) => content);

describe('every message that WeCom documents', () => {
  it.each([
    ['text', { MsgType: 'text', Content: '企业27' }, { kind: 'text', text: '企业27' }],
    ['image', { MsgType: 'image', PicUrl: 'http://x', MediaId: 'M' }, { kind: 'picture', ref: 'M' }],
    ['voice', { MsgType: 'voice', MediaId: 'M', Format: 'amr' }, { kind: 'other', type: 'voice' }],
    ['video', { MsgType: 'video', MediaId: 'M', ThumbMediaId: 'T' }, { kind: 'other', type: 'video' }],
    [
      'location',
      { MsgType: 'location', Location_X: '32.1', Location_Y: '114.9', Scale: '15', Label: '光山县', AppType: 'wxwork' },
      { kind: 'other', type: 'location' },
    ],
    [
      'link',
      { MsgType: 'link', Title: '通知', Description: '', Url: 'http://x', PicUrl: 'http://y' },
      { kind: 'other', type: 'link' },
    ],
  ])('is read or declined, and answered: %s', async (_, fields, content) => {
    const delivered = await meeting.platform.deliver(meeting.address, { from: 'zhangsan', fields });
    expect(heard()).toEqual([content]);
    expect(delivered.reply).toBe('收到');
  });
});

describe('every event that WeCom documents', () => {
  it.each([
    ['subscribe', { EventKey: '' }, { kind: 'opened' }],
    ['enter_agent', { EventKey: '' }, { kind: 'opened' }],
    ['click', { EventKey: '上报' }, { kind: 'text', text: '上报' }],
    ['scancode_waitmsg', { EventKey: 'scan' }, { kind: 'other', type: 'scancode_waitmsg' }],
  ])('is answered where the person waits for it: %s', async (Event, more, content) => {
    expect((await deliver({ Event, ...more })).reply).toBe('收到');
    expect(heard()).toEqual([content]);
  });

  it('is what would be typed when a card is tapped, though WeCom shows no text in the response', async () => {
    const event = {
      Event: 'template_card_event',
      EventKey: '确认',
      TaskId: 'choice-1',
      CardType: 'button_interaction',
    };
    expect((await deliver({ ...event, ResponseCode: 'rc' })).body).toBe('');
    expect(heard()).toEqual([{ kind: 'text', text: '确认' }]);
  });

  it.each([
    'unsubscribe',
    'LOCATION',
    'view',
    'view_miniprogram',
    'scancode_push',
    'pic_sysphoto',
    'pic_photo_or_album',
    'pic_weixin',
    'location_select',
    'template_card_menu_event',
    'taskcard_click',
    'batch_job_result',
    'change_contact',
    'open_approval_change',
    'share_agent_change',
    'share_chain_change',
    'reopen_inactive_agent',
    'active_restored',
    'constructor',
    'an event of next year',
  ])('is received in silence where nobody waits for an answer: %s', async (Event) => {
    const delivered = await deliver({ Event, EventKey: 'x', TaskId: 't' }, 'sys');
    expect([delivered.status, delivered.body]).toEqual([200, '']);
    expect(heard()).toEqual([]);
  });

  it.each(['inactive_alert', 'close_inactive_agent', 'low_active_alert', 'low_active'])(
    'warns whoever runs the app that WeCom disables what nobody uses: %s',
    async (Event) => {
      expect(await deliver({ Event }, 'sys')).toMatchObject({ status: 200, body: '' });
      expect(heard()).toEqual([]);
      expect(await meeting.end()).toContain(`"code":"wecom.${Event}"`);
      meeting = await meet();
    },
  );
});
