/**
 * Every event that a self-built app may be told of, and what it means to us (developer.work.weixin.qq.com, path 90240). Names
 * are compared as they are listed there: WeCom writes `LOCATION` and `click`. What is not listed says nothing to us.
 */

export type EventMeaning =
  /** The person began to follow the app or opened its chat. */
  | 'opened'
  /** A tap whose key is what would be typed. */
  | 'menu'
  | 'card'
  /** The person sent something by a menu entry that we cannot read. */
  | 'unreadable'
  /** WeCom is about to disable the app, or did: for whoever runs it. */
  | 'warning'
  | 'silent';

const meanings: Readonly<Record<string, EventMeaning>> = {
  subscribe: 'opened',
  enter_agent: 'opened',
  click: 'menu',
  template_card_event: 'card',
  scancode_waitmsg: 'unreadable',
  inactive_alert: 'warning',
  close_inactive_agent: 'warning',
  low_active_alert: 'warning',
  low_active: 'warning',

  unsubscribe: 'silent',
  LOCATION: 'silent',
  // The client has opened or shown something itself.
  view: 'silent',
  view_miniprogram: 'silent',
  scancode_push: 'silent',
  // The pictures or the place follow as messages of their own.
  pic_sysphoto: 'silent',
  pic_photo_or_album: 'silent',
  pic_weixin: 'silent',
  location_select: 'silent',
  // Of cards that this app does not send: a corner menu, the task cards of old.
  template_card_menu_event: 'silent',
  taskcard_click: 'silent',
  // About the company, in the name of `sys`.
  batch_job_result: 'silent',
  change_contact: 'silent',
  open_approval_change: 'silent',
  share_agent_change: 'silent',
  share_chain_change: 'silent',
  reopen_inactive_agent: 'silent',
  active_restored: 'silent',
};

export function meaningOf(event: string): EventMeaning {
  return Object.hasOwn(meanings, event) ? (meanings[event] ?? 'silent') : 'silent';
}
