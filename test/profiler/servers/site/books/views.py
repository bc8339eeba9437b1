import asyncio
import time

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from books.models import Book


def shelf(request, count):
    Book.objects.bulk_create(Book(title='Book %d' % number) for number in range(count))
    titles = []
    for book in Book.objects.all():
        titles.append(Book.objects.get(pk=book.pk).title)
    return render(request, 'books/shelf.html', {'titles': titles})


def work_for(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        sum(range(1000))


def work_of_first():
    work_for(0.25)


def work_of_second():
    work_for(0.25)


def first(request):
    work_of_first()
    return HttpResponse('first')


def second(request):
    work_of_second()
    return HttpResponse('second')


def fails(request):
    raise LookupError('no such book')


def stream(request):
    return StreamingHttpResponse(pages())


def pages():
    for _ in range(3):
        work_for(0.05)
        yield 'page'


async def await_twice(request, name):
    work = work_of_first if name == 'first' else work_of_second
    work()
    await asyncio.sleep(0.2)
    return HttpResponse(name)
