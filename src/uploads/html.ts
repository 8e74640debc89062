/** The upload page as HTML: small, without anything from elsewhere, and fit for the browser inside a chat app. */
import type { Block, Content } from '../channels/content';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>');

const style =
  'body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:40em;margin:0 auto;padding:1.5em;' +
  'color:#1f2329;background:#fff}h1{font-size:1.25em}input,button{font:inherit;max-width:100%}' +
  'button{margin-top:1em;padding:.5em 1.5em;border:0;border-radius:8px;background:#2a7cf0;color:#fff}' +
  'table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .5em}.soft{color:#646a73}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1c1e}}';

export interface Page {
  readonly html: string;
  /** Allows this page's own style and script, and nothing else. */
  readonly policy: string;
}

function pageOf(title: string, body: string, nonce: string, script = ''): Page {
  const html =
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title>` +
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">' +
    `<style nonce="${nonce}">${style}</style></head><body><h1>${escaped(title)}</h1>${body}` +
    `${script === '' ? '' : `<script nonce="${nonce}">${script}</script>`}</body></html>`;
  const policy =
    `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'self'; ` +
    "base-uri 'none'; frame-ancestors 'none'";
  return { html, policy };
}

/** `limitBytes`: what is larger is not even sent. */
export function formPage(nonce: string, limitBytes: number): Page {
  const megabytes = limitBytes / 1024 / 1024;
  const body =
    '<p>请选择填好的官方工作簿（附件1、附件2，.xlsx）。选好后先试算，不会直接写入。</p>' +
    '<form method="post" enctype="multipart/form-data"><label>表格文件<br><input type="file" name="file" accept=".xlsx" required></label>' +
    `<br><button>上传并试算</button></form><p class="soft">不超过${megabytes} MB。这个页面只属于您，只能用一次，请不要转发。</p>`;
  // Without scripts the file goes all the same, and the server cuts it off.
  const script =
    `document.querySelector('form').addEventListener('submit',function(event){var file=this.file.files[0];` +
    `if(file&&file.size>${limitBytes}){event.preventDefault();alert('文件超过${megabytes} MB，没有上传。')}})`;
  return pageOf('上传报表', body, nonce, script);
}

export const messagePage = (nonce: string, title: string, text: string): Page =>
  pageOf(title, `<p>${lines(text)}</p>`, nonce);

/** What the bot says to the file; it says the same in the chat. */
export function answerPage(nonce: string, { blocks }: Content): Page {
  const next = '<p class="soft">同样的内容已发到您和报送助手的聊天里，请回到那里继续。这个页面可以关了。</p>';
  return pageOf('收到文件', `${blocks.map(blockHtml).join('')}${next}`, nonce);
}

const items = (each: readonly string[]): string => each.map((item) => `<li>${lines(item)}</li>`).join('');
const row = (cells: readonly string[], tag: string): string =>
  `<tr>${cells.map((cell) => `<${tag}>${lines(cell)}</${tag}>`).join('')}</tr>`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'text':
      return `<p>${lines(block.text)}</p>`;
    case 'list':
      return block.ordered ? `<ol>${items(block.items)}</ol>` : `<ul>${items(block.items)}</ul>`;
    case 'table':
      return `<table>${row(block.header, 'th')}${block.rows.map((cells) => row(cells, 'td')).join('')}</table>`;
    case 'figures':
      return `<table>${block.figures.map(({ label, value, change }) => row([label, value, change ?? ''], 'td')).join('')}</table>`;
    case 'image':
    case 'file':
      return `<p>${escaped(block.name)}</p>`;
  }
}
