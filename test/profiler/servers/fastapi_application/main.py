import asyncio
import time

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from work import work_of_first, work_of_second

app = FastAPI()
items = APIRouter()


@items.get('/{number}')
async def item(number: int):
    return number


@app.get('/first/')
def first():
    work_of_first()
    return 'first'


@app.get('/second/')
def second():
    work_of_second()
    return 'second'


@app.get('/await/first')
async def await_first():
    work_of_first()
    await asyncio.sleep(0.3)
    return 'first'


@app.get('/await/second')
async def await_second():
    work_of_second()
    await asyncio.sleep(0.3)
    return 'second'


@app.get('/children')
async def children():
    await asyncio.gather(child(), asyncio.get_running_loop().run_in_executor(None, in_thread))
    return 'children'


async def child():
    await asyncio.sleep(0.05)
    until = time.perf_counter() + 0.1
    while time.perf_counter() < until:
        sum(range(1000))


def in_thread():
    time.sleep(0.1)


@app.get('/fails/')
async def fails():
    raise LookupError('no such item')


app.include_router(items, prefix='/items')
app.mount('/static', StaticFiles(directory='static'), name='static')
