/** The field at the bottom. Enter sends, but never the Enter that takes a candidate of the input method. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type ChatRef, textLimit } from '../wire';
import type { Actions } from './actions';
import { ClipIcon, SendIcon } from './icons';

/** Safari ends the composition before it tells the key; only the old key code still says so. */
const keyOfInputMethod = 229;

export function Composer({ chat, actions }: { chat: ChatRef; actions: Actions }) {
  const [text, setText] = useState('');
  const [mention, setMention] = useState(true);
  const field = useFittingField(text);
  const send = () => {
    void actions.send(chat, text, mention);
    setText('');
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      data-testid="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {chat.kind === 'group' && (
        <button
          type="button"
          class="mention"
          data-testid="mention"
          aria-pressed={mention}
          title={mention ? '会发给报送助手' : '只是群里说话，报送助手听不到'}
          onClick={() => setMention(!mention)}
        >
          @报送助手
        </button>
      )}
      <FileButton chat={chat} actions={actions} />
      <textarea
        ref={field}
        rows={1}
        maxLength={textLimit}
        aria-label="消息"
        data-testid="input"
        placeholder={placeholderOf(chat, mention)}
        enterkeyhint="send"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          const composes = event.isComposing || event.keyCode === keyOfInputMethod;
          if (event.key !== 'Enter' || event.shiftKey || composes) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="send" data-testid="send" aria-label="发送" disabled={text.trim() === ''}>
        <SendIcon />
      </button>
    </form>
  );
}

/** Files go at once; a table can be dropped on the chat as well. */
function FileButton({ chat, actions }: { chat: ChatRef; actions: Actions }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="clip"
        aria-label="发送表格文件"
        title="发送表格文件（.xlsx），也可以直接拖进来"
        data-testid="clip"
        onClick={() => input.current?.click()}
      >
        <ClipIcon />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx"
        data-testid="file-input"
        onChange={(event) => {
          void actions.sendFile(chat, event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

function placeholderOf(chat: ChatRef, mention: boolean): string {
  if (chat.kind === 'private') return '说点什么，比如：企业27家，专利135件';
  return mention ? '问报送助手，比如：进度' : '在群里说话（不发给报送助手）';
}

/** As high as its text, up to the limit that the style sheet sets. */
function useFittingField(text: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text]);
  return field;
}
