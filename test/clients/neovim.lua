-- Neovim without a window: opens a file, applies a quick fix, "fix all" and a rewording, keeps a word, and prints what it
-- saw as one line of JSON. nvim --headless --clean -S neovim.lua; NAR_SERVER and NAR_FILE say what is started and opened.
local seen = {}
local function finish(problem)
  seen.problem = problem
  io.stdout:write(vim.fn.json_encode(seen) .. '\n')
  vim.cmd('qall!')
end
local function wait(what, test)
  if not vim.wait(60000, test, 20) then
    error('waited in vain for ' .. what)
  end
end
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function run()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.NAR_FILE))
  vim.bo.filetype = vim.env.NAR_FILETYPE
  local client = vim.lsp.start_client({
    name = 'nar-text',
    cmd = { vim.env.NAR_NODE, vim.env.NAR_SERVER, '--stdio', '--keep=' .. vim.env.NAR_KEEP },
    root_dir = vim.fn.fnamemodify(vim.env.NAR_FILE, ':h'),
    init_options = { modelsFolder = vim.env.NAR_MODELS, settings = { correct = { delay = 10 } } },
  })
  vim.lsp.buf_attach_client(0, client)
  local function diagnostics()
    return vim.diagnostic.get(0)
  end
  wait('diagnostics', function() return #diagnostics() >= 2 end)
  table.sort(diagnostics(), function(a, b) return a.lnum * 1000 + a.col < b.lnum * 1000 + b.col end)
  seen.diagnostics = vim.tbl_map(function(d)
    return { d.lnum, vim.str_utfindex(vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1], d.col), d.message }
  end, diagnostics())
  -- What a person does: the list of actions, and one of them chosen by its title; once more where a check was under way.
  local function choose(title, at)
    vim.api.nvim_win_set_cursor(0, at)
    local answered, chosen
    vim.ui.select = function(items, _, on_choice)
      answered = true
      for _, item in ipairs(items) do
        local action = item[2] or item.action
        if action.title:find(title, 1, true) then
          chosen = true
          return on_choice(item)
        end
      end
    end
    wait(title, function()
      if answered ~= false then
        answered = false
        vim.lsp.buf.code_action()
      end
      vim.wait(50)
      return chosen
    end)
  end
  local function act(title, at)
    local before = text()
    choose(title, at)
    wait(title, function() return text() ~= before end)
  end
  act('Change “recieve”', { 1, 4 })
  seen.fixed = text()
  wait('one diagnostic less', function() return #diagnostics() == #seen.diagnostics - 1 end)
  act('Make shorter', { 3, 4 })
  seen.shortened = text()
  choose('Add “teh” to the dictionary of this project', { 1, 18 })
  wait('a word less', function() return #diagnostics() == #seen.diagnostics - 2 end)
  seen.left = #diagnostics()
  vim.lsp.stop_client(client)
  finish()
end

local ok, problem = pcall(run)
if not ok then
  finish(tostring(problem))
end
